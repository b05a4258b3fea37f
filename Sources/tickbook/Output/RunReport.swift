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

    /// Lines up what the cells of `notebook` make.
    init(_ notebook: CheckedNotebook) {
        cellWidth = notebook.cells.map(\.name.count).max() ?? 0
        let names = notebook.statements.map { statement in
            switch statement.kind {
            case .table(let name, _), .model(let name, _): name
            case .show, .serve: ""
            }
        }
        nameWidth = names.map(\.count).max() ?? 0
    }

    func show(_ cell: String, _ outcome: TableOutcome) {
        count(outcome.staleness)
        var facts = [counted(outcome.rowCount, "row"), counted(outcome.partitionCount, "partition"), "v\(outcome.version)"]
        if let staleness = outcome.staleness {
            if outcome.rowsWritten != outcome.rowCount { facts.append("\(outcome.rowsWritten.grouped) written") }
            if outcome.rowsRejected > 0 { facts.append("\(outcome.rowsRejected.grouped) rejected, see \(outcome.name)__rejects") }
            if outcome.rowsWarned > 0 { facts.append("\(outcome.rowsWarned.grouped) broke a rule and were kept") }
            facts.append("\(staleness)")
        }
        line(cell, outcome.name, facts, outcome.staleness == nil ? nil : outcome.seconds)
    }

    func show(_ cell: String, _ outcome: ModelOutcome) {
        count(outcome.staleness)
        var facts = ["v\(outcome.version)", "\(outcome.trainRows.grouped) train + \(outcome.testRows.grouped) test rows"]
        facts.append("accuracy \(decimals(outcome.accuracy)) (base rate \(decimals(outcome.baseRate)))")
        if let area = outcome.areaUnderCurve { facts.append("AUC \(decimals(area))") }
        if let staleness = outcome.staleness { facts.append("\(staleness)") }
        line(cell, outcome.name, facts, outcome.staleness == nil ? nil : outcome.seconds)
        for warning in outcome.warnings { Terminal.note("warning: model \(outcome.name): \(warning)") }
    }

    func finish() {
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
