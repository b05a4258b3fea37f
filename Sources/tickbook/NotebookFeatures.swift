import Columnar
import PredictionServer
import Runtime

/// A notebook's features as the server asks for them.
struct NotebookFeatures: FeatureSource {
    let live: LiveFeatures

    func row(of entity: String, notAfter time: String?, for model: ServedModel) throws -> EntityRow {
        try translated { EntityRow(try live.row(of: entity, notAfter: time, of: model.identity)) }
    }

    func rows(of entity: String, for model: ServedModel, bars: ([Field]) throws -> [[Value]]) throws -> [EntityRow] {
        try translated { try live.rows(of: entity, of: model.identity, afterBars: bars).map { EntityRow($0) } }
    }

    func barFields(for model: ServedModel) throws -> [Field] { try translated { try live.barFields(of: model.identity) } }

    private func translated<Answer>(_ body: () throws -> Answer) throws -> Answer {
        do {
            return try body()
        } catch LiveFault.unknown(let reason) {
            throw FeatureFault(.unknown, reason)
        } catch LiveFault.unusable(let reason) {
            throw FeatureFault(.unusable, reason)
        } catch LiveFault.unavailable(let reason) {
            throw FeatureFault(.unavailable, reason)
        } catch LiveFault.invalid(let reason, let row) {
            throw FeatureFault(.invalid(row: row), reason)
        } catch let fault as InvalidBars {
            throw fault
        } catch {
            throw FeatureFault(.unavailable, FaultText.words(error))
        }
    }
}

extension ServedModel {
    fileprivate var identity: LiveFeatures.ModelIdentity {
        LiveFeatures.ModelIdentity(name: name, version: version, definitionHash: definitionHash, featuresHash: featuresHash)
    }
}

extension EntityRow {
    fileprivate init(_ row: LiveFeatures.Row) { self.init(time: row.time.description, features: row.features) }
}
