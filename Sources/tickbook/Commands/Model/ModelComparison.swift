import Columnar
import Learning
import Runtime

/// In what two versions differ, and the metrics of both.
struct ModelComparison {
    private let first: ModelRecord
    private let second: ModelRecord

    init(_ first: ModelRecord, _ second: ModelRecord) {
        self.first = first
        self.second = second
    }

    struct Content: Encodable {
        struct Difference: Encodable {
            let name: String
            let values: [String?]
        }

        let models: [String]
        let differences: [Difference]
        let metrics: [String: [String: [Double?]]]
    }

    var content: Content {
        Content(
            models: [first, second].map { "\($0.name):\($0.versionName)" },
            differences: differences.map { Content.Difference(name: $0.name, values: [$0.first, $0.second]) },
            metrics: Dictionary(
                uniqueKeysWithValues: parts.map { part in
                    let pairs = MetricFacts.all.map { ($0.name, [part.first.flatMap($0.value), part.second.flatMap($0.value)]) }
                    return (part.name, Dictionary(uniqueKeysWithValues: pairs))
                }))
    }

    func print() {
        let headings = ["", "\(first.name) \(first.versionName)", "\(second.name) \(second.versionName)"]
        let differences = differences.map { [$0.name, $0.first ?? "-", $0.second ?? "-"] }
        if differences.isEmpty {
            Terminal.print("Both are defined alike and were fitted to the same versions of the same tables.")
        } else {
            TextColumns(headings).print(differences)
        }
        for part in parts {
            Terminal.print("")
            TextColumns(["\(part.name) rows"] + headings.dropFirst() + ["difference"], alignedRight: [1, 2, 3]).print(
                [["rows", part.first?.rows.grouped ?? "-", part.second?.rows.grouped ?? "-", ""]] + MetricFacts.all.map { row($0, part) })
        }
    }

    private func row(_ fact: MetricFacts, _ part: (name: String, first: Metrics?, second: Metrics?)) -> [String] {
        let (before, after) = (part.first.flatMap(fact.value), part.second.flatMap(fact.value))
        let change = before.flatMap { before in after.map { $0 - before } }.map { ($0 > 0 ? "+" : "") + ModelText.number($0) } ?? "-"
        return [fact.name, ModelText.number(before), ModelText.number(after), change]
    }

    private var parts: [(name: String, first: Metrics?, second: Metrics?)] {
        let reports = (first.metadata.report, second.metadata.report)
        let train: (String, Metrics?, Metrics?) = ("train", reports.0.trainMetrics, reports.1.trainMetrics)
        guard reports.0.testMetrics != nil || reports.1.testMetrics != nil else { return [train] }
        return [train, ("test", reports.0.testMetrics, reports.1.testMetrics)]
    }

    private var differences: [(name: String, first: String?, second: String?)] {
        let facts = ModelFacts.definition.map { ($0.name, $0.value(first.metadata), $0.value(second.metadata)) }
        return (facts + features).filter { $0.1 != $0.2 }.map { (name: $0.0, first: $0.1, second: $0.2) }
    }

    /// By feature, its type and formula.
    private var features: [(String, String?, String?)] {
        var names = first.metadata.features.map(\.name)
        names += second.metadata.features.map(\.name).filter { !names.contains($0) }
        return names.map { name in ("feature \(name)", Self.feature(name, first.metadata), Self.feature(name, second.metadata)) }
    }

    private static func feature(_ name: String, _ metadata: ModelMetadata) -> String? {
        guard let field = metadata.features.first(where: { $0.name == name }) else { return nil }
        guard let definition = metadata.definitions?[name] else { return field.type.rawValue }
        return "\(definition.formula): \(field.type.rawValue)" + (definition.table.map { " in \($0)" } ?? "")
    }
}
