import Columnar
import HTTPTypes
import Hummingbird

/// `GET /openapi.json`: what there is to ask.
struct OpenAPIRoute: Route {
    let method = HTTPRequest.Method.get
    let path = "/openapi.json"
    let slots: ModelSlots
    let needsKey: Bool
    let bodyLimit: Int
    let entities: EntityPredictions?

    func respond(to request: Request, _ parameters: PathParameters) async -> Response {
        var bars: [String: [Field]] = [:]
        for slot in slots.all { bars[slots.pathName(of: slot)] = await entities?.barFields(of: slot) }
        let document = OpenAPIDocument(slots: slots, needsKey: needsKey, bodyLimit: bodyLimit, bars: bars)
        return Response(status: .ok, json: document.tree.written)
    }
}

/// `GET /docs`: a page that shows it, with forms to try; it loads nothing from elsewhere and holds nothing secret.
struct DocumentationRoute: Route {
    let method = HTTPRequest.Method.get
    let path = "/docs"
    let isOpen = true

    func respond(to request: Request, _ parameters: PathParameters) -> Response {
        var response = Response(text: DocumentationPage.html, contentType: "text/html; charset=utf-8")
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'"
        return response
    }
}
