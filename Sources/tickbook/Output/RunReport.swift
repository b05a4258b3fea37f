import Columnar
import Foundation
import Language
import Runtime

/// Prints what each statement of a run did, one line each, and a closing line.
final class RunReport {
    private var made = 0
    private var cached = 0
    private let start = ContinuousClock.now
    private let cellWidth: Int
    private let nameWidth: Int
    private let json: Bool

    /// Lines up what the cells of `notebook` make; with `json`, prints one object per line instead.
    init(_ notebook: CheckedNotebook, json: Bool = false) {
        self.json = json
        cellWidth = notebook.cells.map(\.name.count).max() ?? 0
        let names = notebook.statements.map { statement in
            switch statement.kind {
            case .table(let name, _), .model(let name, _): name
            case .show, .plot, .serve, .assertion: ""
            }
        }
        nameWidth = names.map(\.count).max() ?? 0
    }

    func begin(_ cell: String, _ progress: RunProgress) {
        guard json else { return }
        RunEvents().cellStarted(cell)
        if let moment = progress.moment { RunEvents().progress(moment, totalRows: progress.totalRows) }
    }

    func show(_ cell: String, _ outcome: TableOutcome) {
        count(outcome.staleness)
        if json { return committed("table", cell, outcome.name, outcome.staleness, members(outcome)) }
        var facts = [counted(outcome.rowCount, "row"), counted(outcome.partitionCount, "partition"), "v\(outcome.version)"]
        if let staleness = outcome.staleness {
            if outcome.rowsWritten != outcome.rowCount { facts.append("\(outcome.rowsWritten.grouped) written") }
            if outcome.rowsRejected > 0 { facts.append("\(outcome.rowsRejected.grouped) rejected, see \(outcome.name)__rejects") }
            if outcome.rowsWarned > 0 { facts.append("\(outcome.rowsWarned.grouped) broke a rule and were kept") }
            facts.append("\(staleness)")
            if case .whole(nil) = outcome.work.extent {} else { facts += WorkText.facts(outcome.work, isForetold: false) }
        }
        if outcome.conditionsHeld > 0 {
            facts.append("\(counted(outcome.conditionsHeld, "condition")) \(outcome.conditionsHeld == 1 ? "holds" : "hold")")
        }
        line(cell, outcome.name, facts, outcome.staleness == nil ? nil : outcome.seconds)
    }

    /// What a plan foretells of one statement.
    func show(_ step: RunPlanner.Step) {
        count(step.staleness)
        if json {
            let members = WorkText.members(step.work) + [("estimate", "\(step.isEstimate)")]
            return object("planned_\(step.isModel ? "model" : "table")", step.cell, step.name, step.staleness, members)
        }
        let facts = step.staleness.map { ["\($0)"] + (step.isModel ? [] : WorkText.facts(step.work, isForetold: true)) } ?? ["up to date"]
        Terminal.print("\(padded(step.cell, cellWidth))  \(padded(step.name, nameWidth))  \(facts.joined(separator: " · "))")
    }

    func finish(_ steps: [RunPlanner.Step]) {
        if json { return }
        Terminal.print(made == 0 ? "Nothing to do." : "\(made) to make, \(cached) up to date; nothing was written")
    }

    private func members(_ outcome: TableOutcome) -> [(String, String)] {
        [
            ("version", "\(outcome.version)"), ("row_count", "\(outcome.rowCount)"), ("rows_written", "\(outcome.rowsWritten)"),
            ("rows_rejected", "\(outcome.rowsRejected)"), ("seconds", "\(outcome.seconds)"),
        ] + WorkText.members(outcome.work)
    }

    /// What was up to date is told apart, since nothing was committed.
    private func committed(_ kind: String, _ cell: String, _ name: String, _ staleness: Staleness?, _ members: [(String, String)]) {
        object(staleness == nil ? "up_to_date" : "committed", cell, name, staleness, [("kind", "\"\(kind)\"")] + members)
    }

    private func object(_ event: String, _ cell: String, _ name: String, _ staleness: Staleness?, _ members: [(String, String)]) {
        let reason = staleness.map { JSONText.quoted("\($0)") } ?? "null"
        RunEvents().print(event, [("cell", JSONText.quoted(cell)), ("name", JSONText.quoted(name)), ("reason", reason)] + members)
    }

    func show(_ cell: String, _ outcome: ModelOutcome) {
        count(outcome.staleness)
        if json { return committed("model", cell, outcome.name, outcome.staleness, members(outcome)) }
        var facts = ["v\(outcome.version)", "\(outcome.trainRows.grouped) train + \(outcome.testRows.grouped) test rows"]
        if let folds = outcome.foldCount { facts.append(counted(folds, "fold")) }
        let accuracy = "\(decimals(outcome.accuracy)) (always the majority \(decimals(outcome.majorityAccuracy)))"
        facts.append(outcome.isHeldOut ? "accuracy \(accuracy)" : "training accuracy \(accuracy)")
        if let area = outcome.areaUnderCurve { facts.append("AUC \(decimals(area))") }
        if let staleness = outcome.staleness { facts.append("\(staleness)") }
        line(cell, outcome.name, facts, outcome.staleness == nil ? nil : outcome.seconds)
        for warning in outcome.warnings { Terminal.note("warning: model \(outcome.name): \(warning)") }
    }

    private func members(_ outcome: ModelOutcome) -> [(String, String)] {
        [
            ("version", "\(outcome.version)"), ("train_rows", "\(outcome.trainRows)"), ("test_rows", "\(outcome.testRows)"),
            ("figures_of", outcome.isHeldOut ? "\"test\"" : "\"training\""), ("accuracy", "\(outcome.accuracy)"),
            ("majority_accuracy", "\(outcome.majorityAccuracy)"), ("base_rate", "\(outcome.baseRate)"),
            ("folds", outcome.foldCount.map { "\($0)" } ?? "null"),
            ("auc", outcome.areaUnderCurve.map { "\($0)" } ?? "null"), ("seconds", "\(outcome.seconds)"),
        ]
    }

    func finish() {
        if json { return }
        let text =
            made == 0 && cached > 0
            ? "Nothing to do: \(cached == 1 ? "the result is" : "all \(cached) results are") up to date"
            : "\(made) made, \(cached) up to date"
        Terminal.print("\(text) · \(String(format: "%.2f", start.elapsedSeconds)) s in all")
    }

    private func count(_ staleness: Staleness?) { if staleness == nil { cached += 1 } else { made += 1 } }

    private func line(_ cell: String, _ name: String, _ facts: [String], _ seconds: Double?) {
        let time = seconds.map { String(format: "%.2f s", $0) } ?? "up to date"
        Terminal.print("\(padded(cell, cellWidth))  \(padded(name, nameWidth))  \(facts.joined(separator: " · ")) · \(time)")
    }

    private func padded(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(0, width - text.count)) }

    private func decimals(_ number: Double) -> String { String(format: "%.4f", number) }
}
