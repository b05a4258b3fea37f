import Columnar
import HTTPTypes
import Hummingbird
import NIOCore

/// `POST /predict/SYMBOL/bars`: new bars in, the features computed as a run of the notebook would, a prediction for each bar out.
struct BarsRoute: Route {
    let method = HTTPRequest.Method.post
    let path: String
    let predictions: EntityPredictions

    func respond(to request: Request, _ parameters: PathParameters) async throws -> Response {
        let body = try await predictions.bodies.read(request)
        let model = try predictions.model(parameters)
        let (entity, source) = (parameters["symbol"]!, predictions.source)
        let fields = try await predictions.queue.run { try source.barFields(for: model) }
        var faults = BodyFaults()
        let reading = body.withUnsafeReadableBytes {
            BarReading(fields: fields).read($0.bindMemory(to: UInt8.self), &faults)
        }
        guard faults.isEmpty else { return predictions.faults(faults, model) }
        let rows = try await predictions.queue.run { try source.rows(of: entity, bars: reading.bars, for: model) }
        return try predictions.response(rows, of: entity, isArray: reading.isArray, model)
    }
}
