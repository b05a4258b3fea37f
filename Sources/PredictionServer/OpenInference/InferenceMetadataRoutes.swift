import Columnar
import HTTPTypes
import Hummingbird

/// `GET /v2`: who answers.
struct InferenceServerRoute: Route {
    let method = HTTPRequest.Method.get
    let path = "/v2"
    let faultMember: StaticString = "error"

    func respond(to request: Request, _ parameters: PathParameters) -> Response {
        let tree: JSONTree = ["name": "tickbook", "version": "1", "extensions": ["binary_tensor_data"]]
        return Response(status: .ok, json: tree.written)
    }
}

/// `GET /v2/health/live`: the process is alive.
struct InferenceLiveRoute: Route {
    let method = HTTPRequest.Method.get
    let path = "/v2/health/live"
    let isOpen = true

    func respond(to request: Request, _ parameters: PathParameters) -> Response { Response(status: .ok, json: #"{"live":true}"#) }
}

/// `GET /v2/health/ready`: as `/ready`.
struct InferenceReadyRoute: Route {
    let method = HTTPRequest.Method.get
    let path = "/v2/health/ready"
    let isOpen = true
    let faultMember: StaticString = "error"
    let readiness: Readiness

    func respond(to request: Request, _ parameters: PathParameters) throws -> Response {
        if let reason = readiness.obstacle { throw RequestFault(.serviceUnavailable, reason) }
        return Response(status: .ok, json: #"{"ready":true}"#)
    }
}

/// `GET /v2/models/NAME[/versions/V][/ready]`: a model's tensors, or whether it answers.
struct InferenceModelRoute: Route {
    let method = HTTPRequest.Method.get
    let path: String
    let faultMember: StaticString = "error"
    let slots: ModelSlots

    func respond(to request: Request, _ parameters: PathParameters) throws -> Response {
        let model = try slots.inferenceModel(parameters)
        let tree: JSONTree = path.hasSuffix("/ready") ? ["name": .text(model.name), "ready": .bool(true)] : metadata(of: model)
        var response = Response(status: .ok, json: tree.written)
        response.name(model)
        return response
    }

    private func metadata(of model: ServedModel) -> JSONTree {
        let versions = slots.all.compactMap(\.model).filter { $0.name == model.name }.map { JSONTree.text("\($0.version)") }
        return [
            "name": .text(model.name), "versions": .array(versions), "platform": "tickbook",
            "inputs": .array(model.features.map { tensor($0.name, $0.type.inferenceName) }),
            "outputs": [tensor("probability", "FP64"), tensor("prediction", "INT64")],
        ]
    }

    private func tensor(_ name: String, _ type: String) -> JSONTree {
        ["name": .text(name), "datatype": .text(type), "shape": [.int(-1)]]
    }
}
