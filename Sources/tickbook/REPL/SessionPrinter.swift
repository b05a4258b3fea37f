import ArgumentParser
import Foundation
import Language
import Runtime

/// Prints what a session tells: results to standard output, everything else to standard error.
final class SessionPrinter {
    /// Called for a `serve` statement.
    var serve: (_ model: String, _ port: Int) throws -> Void = { _, _ in }
    private var report: RunReport?
    private let context: RunContext
    private let verbosity: Verbosity
    private var progress: ProgressLine?
    /// Of a command in a script: `stdin:12: `.
    var place = ""

    init(_ context: RunContext, _ verbosity: Verbosity) {
        self.context = context
        self.verbosity = verbosity
    }

    /// Shows how far the work has come, as long as it takes.
    func following(_ body: () throws -> Void) rethrows {
        report = nil
        let progress = ProgressLine(context.progress, verbosity)
        self.progress = progress
        defer {
            progress.stop()
            self.progress = nil
        }
        try body()
    }

    func show(_ event: AnalystSession.Event) throws {
        switch event {
        case .starting(let cells, let prerequisites):
            guard !prerequisites.isEmpty else { return }
            let asked = cells.filter { !prerequisites.contains($0) }
            Terminal.note(
                "runs \(prerequisites.joined(separator: ", ")) first, which \(asked.joined(separator: ", ")) "
                    + "depend\(asked.count == 1 ? "s" : "") on")
        case .note(let text): Terminal.note("note: \(text)")
        case .running(let event, let check): try show(event, check)
        }
    }

    private func show(_ event: NotebookRunner.Event, _ check: SessionCheck) throws {
        switch event {
        case .cellStarted(let cell):
            if check.statements(of: cell).isEmpty { Terminal.note("\(cell): only definitions, nothing to run") }
        case .table(let cell, let outcome): report(check).show(TypedInput.shownName(cell), outcome)
        case .model(let cell, let outcome): report(check).show(TypedInput.shownName(cell), outcome)
        case .rows(_, let rows): try pausing { try rows.print() }
        case .chart(_, let chart, let file): try pausing { ChartText().print(chart, file: file) }
        case .serve(let model, let port): try pausing { try serve(model, port) }
        }
    }

    /// Nothing else is shown while results are.
    private func pausing(_ body: () throws -> Void) throws {
        guard let progress else { return try body() }
        try progress.pausing(body)
    }

    /// Lines up the lines of the cells that run together.
    private func report(_ check: SessionCheck) -> RunReport {
        let report = report ?? RunReport(check.loaded.checked)
        self.report = report
        return report
    }

    // MARK: The file

    func show(_ notice: AnalystSession.FileNotice) {
        switch notice {
        case .reloaded(let path, let consequence):
            let cells = [("new", consequence.added), ("gone", consequence.removed)].filter { !$0.1.isEmpty }
            let changes = cells.map { "; \($0.0): \($0.1.joined(separator: ", "))" }.joined()
            show(consequence, of: "\((path as NSString).lastPathComponent) changed\(changes)")
        case .unreadable(let path, let reason):
            Terminal.note("note: \(path) cannot be read any more: \(reason); the session goes on with the text that it read before")
        case .conflicting(let path, let edited):
            Terminal.note(
                "note: \(path) changed outside of this session, which has unsaved changes\(edited.isEmpty ? "" : " in \(edited.joined(separator: ", "))"); "
                    + ":reload discard takes the file's text, :save OTHER.md keeps the session's")
        }
    }

    /// `n.md changed; out of date: curated, look`.
    func show(_ consequence: AnalystSession.Consequence, of what: String) {
        let names = consequence.outOfDate.map(\.name)
        Terminal.note("\(what); \(names.isEmpty ? "nothing more is out of date" : "out of date: \(names.joined(separator: ", "))")")
        if let mistakes = consequence.mistakes { show(mistakes) }
    }

    func show(_ mistakes: SessionMistakes) {
        Terminal.note(mistakes.text.render(mistakes.diagnostics, usesColour: Terminal.showsColour))
    }

    // MARK: Faults

    /// Says what went wrong; the exit code it means.
    func tell(_ error: any Error) -> Int32 {
        switch error {
        case let mistakes as SessionMistakes:
            show(mistakes)
            return FaultText.wrongNotebook.rawValue
        case let failure as SessionFailure: return tell(failure)
        case is SessionFault, is ColonCommand.Misuse:
            Terminal.note("\(place)error: \(error)")
            return FaultText.wrongNotebook.rawValue
        case is CommandFault:
            Terminal.note("\(place)error: \(error)")
            return FaultText.failed.rawValue
        default: return FaultText.report(error, nil).rawValue
        }
    }

    private func tell(_ failure: SessionFailure) -> Int32 {
        if failure.isInterruption {
            Terminal.note("Interrupted.")
            return FaultText.interrupted.rawValue
        }
        guard let diagnostics = FaultText.diagnostics(of: failure.fault) else { return FaultText.report(failure.fault, nil).rawValue }
        Terminal.note(failure.text.render(diagnostics, usesColour: Terminal.showsColour))
        if let hint = failure.hint { Terminal.note("note: \(hint)") }
        return FaultText.failed.rawValue
    }
}
