import HTTPTypes
import Hummingbird

/// `GET /health`: the process is alive; with the model that answers `POST /predict` once there is one.
struct HealthRoute: Route {
    let method = HTTPRequest.Method.get
    let path = "/health"
    let isOpen = true
    let slots: ModelSlots

    func respond(to request: Request, _ parameters: PathParameters) -> Response {
        var text = JSONText()
        text.append("{\"status\":\"ok\"")
        if let model = slots.first.model {
            text.append(",\"model\":")
            text.append(string: model.name)
            text.append(raw: model.predictionEnd)
        } else {
            text.append("}")
        }
        return Response(status: .ok, json: text)
    }
}

/// `GET /ready`: whether to send requests here. Not before every model is loaded, and not once the server is about to end.
struct ReadyRoute: Route {
    let method = HTTPRequest.Method.get
    let path = "/ready"
    let isOpen = true
    let readiness: Readiness

    func respond(to request: Request, _ parameters: PathParameters) throws -> Response {
        if let reason = readiness.obstacle { throw RequestFault(.serviceUnavailable, reason) }
        return Response(status: .ok, json: #"{"status":"ready"}"#)
    }
}
