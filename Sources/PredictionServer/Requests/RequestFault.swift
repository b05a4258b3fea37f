import HTTPTypes
import Hummingbird

/// Why a request gets no result; the text says what to do.
struct RequestFault: Error {
    let status: HTTPResponse.Status
    let detail: String

    init(_ status: HTTPResponse.Status, _ detail: String) {
        self.status = status
        self.detail = detail
    }

    static let busy = RequestFault(.serviceUnavailable, "too much to do at the moment; ask again")
    static let notLoaded = RequestFault(.serviceUnavailable, "no model is loaded")

    /// `member` names the text in the answer.
    func response(member: StaticString) -> Response {
        var text = JSONText()
        text.append("{\"")
        text.append(member)
        text.append("\":")
        text.append(string: detail)
        text.append("}")
        var response = Response(status: status, json: text)
        if status == .serviceUnavailable { response.headers[.retryAfter] = "1" }
        if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        return response
    }
}
