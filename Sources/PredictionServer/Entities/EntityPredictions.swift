import Columnar
import HTTPTypes
import Hummingbird
import NIOCore

/// What routes that name an entity share.
struct EntityPredictions: Sendable {
    let slots: ModelSlots
    let source: any FeatureSource
    let queue: LookupQueue
    let bodies: BodyReader
    let metrics: ServerMetrics

    func model(_ parameters: PathParameters) throws -> ServedModel {
        guard let model = try slots.slot(parameters).model else { throw RequestFault.notLoaded }
        return model
    }

    /// nil while features of the model cannot be looked up.
    func barFields(of slot: ModelSlot) async -> [Field]? {
        guard let model = slot.model else { return nil }
        return try? await queue.run { [source] in try source.barFields(for: model) }
    }

    func response(_ rows: [EntityRow], of entity: String, isArray: Bool, _ model: ServedModel) throws -> Response {
        for row in rows {
            guard let missing = row.features.firstIndex(where: { !$0.isFinite }) else { continue }
            throw RequestFault(.conflict, "\(model.features[missing].name) of '\(entity)' is empty at \(row.time)")
        }
        let probabilities = try model.probabilities(rows.flatMap(\.features))
        metrics.notePredictions(probabilities.count)
        let answers = zip(rows, probabilities).map { row, probability -> JSONTree in
            [
                "symbol": .text(entity), "as_of": .text(row.time), "prediction": .int(model.predicts(probability)),
                "probability": .number(probability), "model_version": .text(model.versionName),
            ]
        }
        var response = Response(status: .ok, json: (isArray ? .array(answers) : answers[0]).written)
        response.name(model)
        return response
    }

    func faults(_ faults: BodyFaults, _ model: ServedModel) -> Response {
        var response = Response(status: .unprocessableContent, json: ByteBuffer(bytes: faults.json))
        response.name(model)
        return response
    }
}
