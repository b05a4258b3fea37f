import HTTPTypes
import Hummingbird
import Learning
import NIOCore

/// `GET /health`: the model that answers, or 503 while there is none.
struct HealthRoute: Route {
    let method = HTTPRequest.Method.get
    let path = "/health"
    let slot: ModelSlot

    func respond(to request: Request) -> Response {
        guard let model = slot.model else { return Response(status: .serviceUnavailable, json: #"{"status":"no model is loaded"}"#) }
        var text = JSONText()
        text.append("{\"status\":\"ok\",\"model\":")
        text.append(string: model.loaded.name)
        text.append(raw: model.answerEnd)
        return Response(status: .ok, json: ByteBuffer(bytes: text.bytes))
    }
}
