import Columnar
import Learning
import Runtime

/// What a version was made of and how good it is, for people: facts, then tables.
struct ModelCard {
    let record: ModelRecord
    let aliases: [String]

    init(_ record: ModelRecord, aliases: [String]) {
        self.record = record
        self.aliases = aliases
    }

    /// Lines, or a table under a title.
    struct Section {
        var title: String?
        var lines: [String] = []
        var headings: [String] = []
        var rows: [[String]] = []
        var alignedRight: Set<Int> = []

        func print() {
            if let title { Terminal.print("\n\(title)") }
            for line in lines { Terminal.print(line) }
            if !rows.isEmpty { TextColumns(headings, alignedRight: alignedRight).print(rows) }
        }
    }

    var sections: [Section] { [facts, features, metrics] }

    private var metadata: ModelMetadata { record.metadata }

    private var facts: Section {
        let names = aliases.isEmpty ? "" : " (\(aliases.joined(separator: ", ")))"
        let facts =
            [("model", "\(record.name) \(record.versionName)\(names)")]
            + ModelFacts.all.compactMap { fact in
                fact.value(metadata).map { (fact.name, $0) }
            }
        let width = facts.map(\.0.count).max()! + 2
        let warnings = metadata.report.warnings.map { ("warning", $0) }
        return Section(lines: (facts + warnings).map { $0.0 + String(repeating: " ", count: width - $0.0.count) + $0.1 })
    }

    private var features: Section {
        let rows = metadata.features.enumerated().map { index, field in
            let definition = metadata.definitions?[field.name]
            let weight = record.logistic.map { [ModelText.number($0.coefficients[index])] } ?? []
            return [field.name, field.type.rawValue] + weight + [definition?.formula ?? "-", definition?.table ?? "-"]
        }
        let weight = record.logistic == nil ? [] : ["weight"]
        var section = Section(title: "Features", headings: ["name", "type"] + weight + ["formula", "computed in"], rows: rows)
        if record.logistic != nil {
            section.title = "Features (weights are those of standardised values; intercept \(ModelText.number(record.logistic?.intercept)))"
            section.alignedRight = [2]
        }
        return section
    }

    private var metrics: Section {
        let parts = [("train", metadata.report.trainMetrics)] + (metadata.report.testMetrics.map { [("test", $0)] } ?? [])
        let rows = MetricFacts.all.map { fact in [fact.name] + parts.map { fact.text($0.1) } }
        return Section(title: "Metrics", headings: [""] + parts.map(\.0), rows: rows, alignedRight: [1, 2])
    }
}
