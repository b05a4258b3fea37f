import DeltaTable
import Foundation
import Language
import Learning
import PluginHost

/// Follows one run and keeps its record.
package final class RunRecorder {
    private let context: RunContext
    private let store: RunStore
    private let start = ContinuousClock.now
    package private(set) var record: RunRecord
    /// A record that cannot be kept is a warning: a run that can do its work does it.
    private let warn: (String) -> Void
    private var warning: String?

    package init(context: RunContext, notebook: String, options: [String], warn: @escaping (String) -> Void) {
        self.context = context
        self.warn = warn
        store = RunStore(workspace: context.workspace)
        record = RunRecord(notebook: notebook, options: options)
    }

    package func begin(_ loaded: LoadedNotebook, overrides: [String: String]) {
        record.notebookSHA256 = Hexadecimal.sha256(Data(loaded.notebook.text.utf8))
        record.parameters = Dictionary(uniqueKeysWithValues: loaded.parameters(overrides))
        record.plugins = loaded.checked.plugins.compactMap { name in
            context.workspace.plugins.user(name).map { RunRecord.Plugin(name: $0.name, version: $0.version, sha256: $0.hash) }
        }
        keep()
    }

    package func note(_ event: NotebookRunner.Event) throws {
        switch event {
        case .table(let cell, let outcome): record.stages.append(try stage(cell, outcome))
        case .model(let cell, let outcome): record.stages.append(try stage(cell, outcome))
        case .cellStarted, .rows, .chart, .serve: return
        }
        keep()
    }

    package func end(_ outcome: RunRecord.Outcome, exitCode: Int32, fault: RunRecord.Fault? = nil) {
        record.outcome = outcome
        record.exitCode = exitCode
        record.fault = fault
        record.seconds = start.elapsedSeconds
        keep()
    }

    private func keep() {
        do {
            try store.write(record)
        } catch {
            let said = warning
            warning = "warning: the record of this run cannot be kept: \(error)"
            if let warning, warning != said { warn(warning) }
        }
    }

    // MARK: Stages

    private func stage(_ cell: String, _ outcome: TableOutcome) throws -> RunStage {
        let commit = try context.snapshots.newest(outcome.name)?.lastCommit.record
        if let engine = commit?.engine, outcome.staleness != nil { record.engine = engine }
        return RunStage(
            cell: cell, kind: .table, name: outcome.name, status: outcome.staleness == nil ? .cached : .made,
            reason: outcome.staleness.map { "\($0)" }, versionsIn: commit?.inputs ?? [:], version: outcome.version, rows: outcome.rowCount,
            rowsWritten: outcome.rowsWritten, rowsRejected: outcome.rowsRejected, measures: [:], seconds: outcome.seconds)
    }

    private func stage(_ cell: String, _ outcome: ModelOutcome) throws -> RunStage {
        let metadata = try context.workspace.models.latestMetadata(outcome.name)?.metadata
        if let engine = metadata?.engine, outcome.staleness != nil { record.engine = engine }
        var measures = ["accuracy": outcome.accuracy, "base_rate": outcome.baseRate]
        measures["auc"] = outcome.areaUnderCurve
        let rows = outcome.trainRows + outcome.testRows
        return RunStage(
            cell: cell, kind: .model, name: outcome.name, status: outcome.staleness == nil ? .cached : .made,
            reason: outcome.staleness.map { "\($0)" }, versionsIn: metadata?.inputVersions ?? [:], version: outcome.version, rows: rows,
            rowsWritten: outcome.staleness == nil ? 0 : rows, rowsRejected: 0, measures: measures, seconds: outcome.seconds)
    }
}
