import HTTPTypes
import Hummingbird
import Learning
import NIOCore

/// `POST /predict`: one row of features in, prediction and probability out; 422 with every fault of the body otherwise.
struct PredictRoute: Route {
    let method = HTTPRequest.Method.post
    let path = "/predict"
    let slot: ModelSlot
    let bodyLimit: Int

    func respond(to request: Request) async throws -> Response {
        guard let model = slot.model else { return Response(status: .serviceUnavailable, json: #"{"detail":"no model is loaded"}"#) }
        guard let body = try await collectBody(of: request) else {
            return Response(status: .contentTooLarge, json: #"{"detail":"body is larger than \#(bodyLimit) bytes"}"#)
        }
        let outcome = body.withUnsafeReadableBytes { bytes in
            FeatureReading(model: model).read(bytes.bindMemory(to: UInt8.self)) { answer(model, $0) }
        }
        switch outcome {
        case .success(let json): return Response(status: .ok, json: json)
        case .failure(let faults): return Response(status: .unprocessableContent, json: ByteBuffer(bytes: faults.json))
        }
    }

    /// nil when the body is larger than the limit.
    private func collectBody(of request: Request) async throws -> ByteBuffer? {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > bodyLimit { return nil }
        do {
            return try await request.body.collect(upTo: bodyLimit)
        } catch is NIOTooManyBytesError {
            return nil
        }
    }

    private func answer(_ model: ServedModel, _ features: UnsafeBufferPointer<Double>) -> ByteBuffer {
        let probability = model.loaded.model.probability(of: features)
        var buffer = ByteBufferAllocator().buffer(capacity: 96)
        buffer.writeStaticString("{\"prediction\":")
        buffer.writeInteger(UInt8(ascii: "0") + UInt8(model.loaded.model.predicts(probability)))
        buffer.writeStaticString(",\"probability\":")
        buffer.writeString(probability.description)
        buffer.writeBytes(model.answerEnd)
        return buffer
    }
}
