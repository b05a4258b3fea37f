import HTTPTypes
import Hummingbird
import NIOCore

/// `POST /predict` and `POST /models/NAME/predict`: features of one row or of many in, predictions out; 422 with what is wrong with
/// the body otherwise.
struct PredictRoute: Route {
    let method = HTTPRequest.Method.post
    let path: String
    let slots: ModelSlots
    let bodies: BodyReader
    let metrics: ServerMetrics

    func respond(to request: Request, _ parameters: PathParameters) async throws -> Response {
        let slot = try slots.slot(parameters)
        let body = try await bodies.read(request)
        guard let model = slot.model else { throw RequestFault.notLoaded }
        let reading = body.withUnsafeReadableBytes { bytes in FeatureReading(model: model).read(bytes.bindMemory(to: UInt8.self)) }
        var response: Response
        switch reading {
        case .success(let rows):
            let probabilities = try model.probabilities(rows.values)
            metrics.notePredictions(probabilities.count)
            response = Response(status: .ok, json: rows.isArray ? array(probabilities, model) : object(probabilities[0], model))
        case .failure(let faults): response = Response(status: .unprocessableContent, json: ByteBuffer(bytes: faults.json))
        }
        response.name(model)
        return response
    }

    private func object(_ probability: Double, _ model: ServedModel) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: 96)
        buffer.write(probability, of: model)
        return buffer
    }

    private func array(_ probabilities: [Double], _ model: ServedModel) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: probabilities.count * 80 + 2)
        buffer.writeStaticString("[")
        for (index, probability) in probabilities.enumerated() {
            if index > 0 { buffer.writeStaticString(",") }
            buffer.write(probability, of: model)
        }
        buffer.writeStaticString("]")
        return buffer
    }
}

extension ByteBuffer {
    fileprivate mutating func write(_ probability: Double, of model: ServedModel) {
        writeStaticString("{\"prediction\":")
        writeInteger(UInt8(ascii: "0") + UInt8(model.predicts(probability)))
        writeStaticString(",\"probability\":")
        writeString(probability.description)
        writeBytes(model.predictionEnd)
    }
}
