import Foundation
import HTTPTypes
import Hummingbird
import Learning
import NIOCore

extension HTTPField.Name {
    fileprivate static let inferenceHeaderLength = HTTPField.Name("Inference-Header-Content-Length")!
}

/// `POST /v2/models/NAME[/versions/V]/infer`: tensors in, tensors `probability` and `prediction` out.
struct InferRoute: Route {
    let method = HTTPRequest.Method.post
    let path: String
    let faultMember: StaticString = "error"
    let slots: ModelSlots
    let bodies: BodyReader
    let metrics: ServerMetrics

    func respond(to request: Request, _ parameters: PathParameters) async throws -> Response {
        _ = try slots.inferenceModel(parameters)
        guard request.headers[.contentEncoding] == nil else {
            throw RequestFault(.unsupportedMediaType, "compressed bodies are not read; send the body as it is")
        }
        let body = try await bodies.read(request)
        let model = try slots.inferenceModel(parameters)
        let headerLength = try request.headers[.inferenceHeaderLength].map { text in
            guard let length = Int(text) else { throw InferenceRequest.wrong("Inference-Header-Content-Length is no number") }
            return length
        }
        let inference = try body.withUnsafeReadableBytes { try InferenceRequest($0, headerLength: headerLength, for: model) }
        let probabilities = try model.probabilities(inference.rows)
        metrics.notePredictions(probabilities.count)
        var response = Response(status: .ok, json: answer(inference, probabilities, model).written)
        response.name(model)
        return response
    }

    private func answer(_ inference: InferenceRequest, _ probabilities: [Double], _ model: ServedModel) -> JSONTree {
        let identifier = inference.identifier.map { [("id", JSONTree.text($0))] } ?? []
        let outputs = inference.outputs.map { output($0, probabilities, model) }
        return .object(
            [("model_name", .text(model.name)), ("model_version", .text("\(model.version)"))] + identifier + [
                ("outputs", .array(outputs))
            ])
    }

    private func output(_ output: InferenceRequest.Output, _ probabilities: [Double], _ model: ServedModel) -> JSONTree {
        let (type, data): (String, [JSONTree]) =
            switch output {
            case .probability: ("FP64", probabilities.map { .number($0) })
            case .prediction: ("INT64", probabilities.map { .int(model.predicts($0)) })
            }
        return [
            "name": .text(output.rawValue), "datatype": .text(type), "shape": [.int(probabilities.count)], "data": .array(data),
        ]
    }
}

extension ModelSlots {
    /// The model that a path of the protocol names.
    func inferenceModel(_ parameters: PathParameters) throws -> ServedModel {
        let slot = try slot(parameters)
        guard let text = parameters["version"] else {
            guard let model = slot.model else { throw RequestFault.notLoaded }
            return model
        }
        guard let version = Int(text.first == "v" ? text.dropFirst() : text[...]),
            let model = model(slot.selector.name, version: version)
        else {
            let served = all.compactMap(\.model).filter { $0.name == slot.selector.name }.map { "\($0.version)" }
            throw RequestFault(
                .notFound, "version '\(text)' of \(slot.selector.name) is not served; there are \(served.joined(separator: ", "))")
        }
        return model
    }
}
