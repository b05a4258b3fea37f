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

    var sections: [Section] { [facts, features, pooled] + [folds, entities, calibrationTable].compactMap(\.self) }

    private var metadata: ModelMetadata { record.metadata }
    private var report: TrainingReport { metadata.report }

    private var facts: Section {
        let names = aliases.isEmpty ? "" : " (\(aliases.joined(separator: ", ")))"
        let facts =
            [("model", "\(record.name) \(record.versionName)\(names)")]
            + (ModelFacts.definition + ModelFacts.course).compactMap { fact in fact.value(metadata).map { (fact.name, $0) } }
            + report.warnings.map { ("warning", $0) }
        let width = facts.map(\.0.count).max()! + 2
        return Section(lines: facts.map { $0.0 + String(repeating: " ", count: width - $0.0.count) + $0.1 })
    }

    private var features: Section {
        let rows = metadata.features.enumerated().map { index, field in
            let definition = metadata.definitions?[field.name]
            let weight = record.logistic.map { [ModelText.number($0.coefficients[index])] } ?? []
            return [field.name, field.type.rawValue] + weight + [definition?.formula ?? "-", definition?.table ?? "-"]
        }
        guard let logistic = record.logistic else {
            return Section(title: "Features", headings: ["name", "type", "formula", "computed in"], rows: rows)
        }
        return Section(
            title: "Features (weights are of standardised values; the intercept is \(ModelText.number(logistic.intercept)))",
            headings: ["name", "type", "weight", "formula", "computed in"], rows: rows, alignedRight: [2])
    }

    private var pooled: Section {
        var rows = [["train"] + MetricFacts.row(report.trainMetrics)]
        if let test = report.testMetrics { rows.append(["test"] + MetricFacts.row(test)) }
        return figures("Figures; majority is the accuracy of always saying what is more frequent", of: "rows of", rows)
    }

    private var folds: Section? {
        guard let folds = report.folds, !folds.isEmpty else { return nil }
        let rows = folds.map { ["\($0.testStart) – \($0.testEnd)"] + MetricFacts.row($0.metrics) }
        return figures("Test rows by fold", of: "tested on", rows)
    }

    private var entities: Section? {
        guard let entities = report.entities, !entities.isEmpty else { return nil }
        return figures("Test rows by entity", of: "entity", entities.map { [$0.entity] + MetricFacts.row($0.metrics) })
    }

    private func figures(_ title: String, of heading: String, _ rows: [[String]]) -> Section {
        let headings = [heading] + MetricFacts.headings
        return Section(title: title, headings: headings, rows: rows, alignedRight: Set(1..<headings.count))
    }

    private var calibrationTable: Section? {
        let (metrics, isHeldOut) = report.judgement
        guard let bins = metrics.calibrationTable, !bins.isEmpty else { return nil }
        let rows = bins.map { bin in
            [
                "\(ModelText.number(bin.lowest)) – \(ModelText.number(bin.highest))", bin.rows.grouped,
                ModelText.number(bin.meanProbability), ModelText.number(bin.positiveShare),
            ]
        }
        return Section(
            title: "Calibration of the \(isHeldOut ? "test" : "training") rows", headings: ["probability", "rows", "mean", "came true"],
            rows: rows, alignedRight: [1, 2, 3])
    }
}
