import ArgumentParser
import Foundation
import Language
import Runtime

/// One run with what operators want of it: nobody else's at the same time, a record, metrics, word of a failure.
final class WatchedRun {
    private let recorder: RunRecorder
    private let operation: OperationOptions
    private let workspace: Workspace
    private let events: RunEvents?
    /// Held until the run ends; serving after it is no part of it.
    private var lock: RunLock?
    private var fault: RunRecord.Fault?

    init(
        _ session: Session, workspace: Workspace, notebook: String, options: [String], operation: OperationOptions, events: RunEvents?
    ) throws {
        self.operation = operation
        self.events = events
        self.workspace = workspace
        recorder = RunRecorder(context: session.context, notebook: notebook, options: options) { Terminal.note($0) }
        guard operation.overlap != .allow else { return }
        do {
            lock = try RunLock(
                workspace: workspace, record: recorder.record, waits: operation.overlap == .wait, provider: session.provider
            ) { Terminal.note($0) }
        } catch RunFault.unwritableWorkspace {
            // A run that has nothing to write needs no lock; any other says what it can't write.
        } catch {
            throw FaultText.report(error, nil)
        }
        guard let holder = lock?.abandonedBy else { return }
        RunStore(workspace: workspace).settle(holder.run)
        Terminal.note("note: run \(holder.run) ended without a word; what it committed is kept, and this run goes on from there")
    }

    /// Runs cells and, whatever comes of it, tells those who asked to be told.
    func perform<Result>(_ body: (WatchedRun) throws -> Result) throws -> Result {
        do {
            let result = try body(self)
            end(.done, 0)
            return result
        } catch {
            let code = (error as? ExitCode)?.rawValue ?? FaultText.wrongNotebook.rawValue
            end(code == 130 ? .interrupted : code == 2 ? .refused : .failed, code)
            throw error
        }
    }

    func begin(_ loaded: LoadedNotebook, overrides: [String: String]) {
        recorder.begin(loaded, overrides: overrides)
        events?.started(recorder.record)
    }

    func note(_ event: NotebookRunner.Event) throws { try recorder.note(event) }

    /// Keeps in mind what ends the run, for its record.
    func noting(faultsOf loaded: LoadedNotebook, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch {
            let statement = error as? StatementFault
            let diagnostics = FaultText.diagnostics(of: error)
            let message = diagnostics.map { $0.map(\.problem.message).joined(separator: "; ") } ?? FaultText.words(error)
            fault = RunRecord.Fault(cell: statement?.cell, message: message)
            try events?.diagnostics(diagnostics ?? [], loaded)
            throw error
        }
    }

    private func end(_ outcome: RunRecord.Outcome, _ exitCode: Int32) {
        recorder.end(outcome, exitCode: exitCode, fault: fault)
        events?.ended(recorder.record)
        lock = nil
        let record = recorder.record
        if let path = operation.metricsFile { MetricsDelivery(record).write(to: path) }
        if let url = operation.metricsPush { MetricsDelivery(record).push(to: url) }
        if let command = operation.notify, outcome == .failed || outcome == .refused {
            FailureNotice(record, workspace: workspace).send(with: command)
        }
    }
}
