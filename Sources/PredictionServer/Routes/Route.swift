import HTTPTypes
import Hummingbird

/// One thing the server does, at one path and method.
protocol Route: Sendable {
    var method: HTTPRequest.Method { get }
    var path: String { get }
    func respond(to request: Request) async throws -> Response
}

/// All routes of the server; what is at no route gets an answer in JSON too.
struct RouteTable: HTTPResponder {
    typealias Context = BasicRequestContext

    private let routesByPath: [String: [any Route]]

    init(_ routes: [any Route]) { routesByPath = Dictionary(grouping: routes, by: \.path) }

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        guard let routes = routesByPath[request.uri.path] else { return Response(status: .notFound, json: #"{"detail":"Not Found"}"#) }
        if let route = routes.first(where: { $0.method == request.method }) { return try await route.respond(to: request) }
        return methodNotAllowed(routes)
    }

    private func methodNotAllowed(_ routes: [any Route]) -> Response {
        var response = Response(status: .methodNotAllowed, json: #"{"detail":"Method Not Allowed"}"#)
        response.headers[.allow] = routes.map(\.method.rawValue).joined(separator: ", ")
        return response
    }
}
