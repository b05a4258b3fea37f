import Columnar
import DeltaTable
import Foundation
import Language
import Learning
import Publishing
import Runtime

/// What a report says of stored tables, of models and of rows.
struct ReportFacts {
    /// Rows that a report shows of a result.
    static let rowLimit = 50

    let context: RunContext
    let models: ModelRegistry

    /// What a run did to a table.
    func table(_ outcome: TableOutcome) throws -> ReportTable {
        var facts: [String] = []
        if let staleness = outcome.staleness {
            facts.append("\(staleness)")
            if outcome.rowsWritten != outcome.rowCount { facts.append("\(outcome.rowsWritten.grouped) written") }
            if outcome.rowsRejected > 0 { facts.append("\(outcome.rowsRejected.grouped) rejected, see \(outcome.name)__rejects") }
            if outcome.rowsWarned > 0 { facts.append("\(outcome.rowsWarned.grouped) broke a rule and were kept") }
            facts.append(String(format: "%.2f s", outcome.seconds))
        }
        if outcome.conditionsHeld > 0 {
            facts.append("\(counted(outcome.conditionsHeld, "condition")) \(outcome.conditionsHeld == 1 ? "holds" : "hold")")
        }
        let snapshot = try context.tables.table(outcome.name).snapshot(at: outcome.version)
        return table(outcome.name, snapshot!, facts: facts, isNew: outcome.staleness != nil)
    }

    /// A table as it stands; nil when it was never made.
    func table(_ name: String, staleness: Staleness?) throws -> ReportTable? {
        guard let snapshot = try context.tables.table(name).snapshot() else { return nil }
        return table(name, snapshot, facts: staleness.map { ["next run: \($0)"] } ?? [], isNew: false)
    }

    private func table(_ name: String, _ snapshot: Snapshot, facts: [String], isNew: Bool) -> ReportTable {
        let sizes = [snapshot.rowCount.map { counted($0, "row") }, counted(snapshot.files.count, "file")].compactMap(\.self)
        let record = snapshot.lastCommit.record
        return ReportTable(
            name: name, version: snapshot.version, facts: sizes + facts, inputs: versions(record?.inputs ?? [:]),
            columns: snapshot.schema.fields.map { ($0.name, $0.type.rawValue) }, key: snapshot.keyText, isNew: isNew)
    }

    func model(_ name: String, facts: [String], isNew: Bool) throws -> ReportModel? {
        guard let (version, metadata) = try models.latestMetadata(name) else { return nil }
        let report = metadata.report
        let split = report.splitTime.map { ["tested from \($0) on"] } ?? []
        return ReportModel(
            name: name, version: version, facts: facts + split, inputs: versions(metadata.inputVersions), target: metadata.target,
            features: metadata.features.map(\.name), measures: measures(report.trainMetrics, report.testMetrics), warnings: report.warnings,
            isNew: isNew)
    }

    private func measures(_ train: Metrics, _ test: Metrics?) -> [(name: String, train: String, test: String?)] {
        let number = { (value: Double) in String(format: "%.4f", value) }
        let rows: [(String, (Metrics) -> String)] = [
            ("rows", { $0.rows.grouped }), ("accuracy", { number($0.accuracy) }),
            ("always guessing the more frequent", { number($0.majorityAccuracy) }),
            ("area under the ROC curve", { $0.areaUnderCurve.map(number) ?? "–" }), ("log loss", { number($0.logLoss) }),
            ("Brier score", { number($0.brierScore) }), ("share of true", { number($0.baseRate) }),
        ]
        return rows.map { ($0.0, $0.1(train), test.map($0.1)) }
    }

    private func versions(_ inputs: [String: Int]) -> [(name: String, version: Int)] {
        inputs.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The versions that a pipeline reads now.
    func versions(of pipeline: CheckedPipeline) throws -> [(name: String, version: Int)] {
        try pipeline.tables.sorted().compactMap { name in
            try context.tables.table(name).snapshot().map { (name, $0.version) }
        }
    }

    /// Reads all rows and keeps the first.
    func rows(_ stream: any RecordBatchStream) throws -> ReportRows {
        let fields = stream.schema.fields
        var shown = ReportRows(columns: fields.map { ($0.name, $0.type.rawValue, $0.type.isNumeric) }, rows: [], count: 0)
        while let batch = try stream.next() {
            for row in 0..<min(batch.count, Self.rowLimit - shown.rows.count) { shown.rows.append(batch.columns.map { text($0[row]) }) }
            shown.count += batch.count
        }
        return shown
    }

    private func text(_ value: Value) -> String? { value.isNull ? nil : ValueText.of(value) }
}
