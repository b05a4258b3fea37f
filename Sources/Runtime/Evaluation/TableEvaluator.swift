import Columnar
import DeltaTable
import Engine
import Foundation
import Language
import Planner
import PluginHost

/// Brings one table up to date, in one commit or not at all.
struct TableEvaluator {
    let context: RunContext
    let fullRefresh: Bool
    var asserts: [CheckedAssert] = []
    private static let attempts = 5

    func evaluate(_ name: String, _ pipeline: CheckedPipeline, cell: String) throws -> TableOutcome {
        for _ in 0..<Self.attempts {
            do {
                let state = try TableState(name: name, pipeline: pipeline, context: context, fullRefresh: fullRefresh)
                try rejects(of: name).follow(state.current)
                guard state.staleness != nil else {
                    if pipeline.rejectingStep != nil { _ = try rejects(of: name).makeIfMissing(record: CommitRecord()) }
                    let held = try audit(cell)?.checkPublished(state.current!) ?? 0
                    var outcome = outcome(of: held > 0 ? try context.snapshots.newest(name)! : state.current!, name)
                    outcome.conditionsHeld = held
                    return outcome
                }
                return try remake(state, cell: cell)
            } catch DeltaFault.changedSince {
                // Another run committed first; what it made may be just what is wanted.
                continue
            }
        }
        throw RunFault.contention(table: name)
    }

    private func remake(_ state: TableState, cell: String) throws -> TableOutcome {
        let start = ContinuousClock.now
        let opened = try context.provider.get()
        let making = TableMaking(context: context, state: state)
        let made = try making.run()
        let audit = audit(cell)
        let version: Int?
        do {
            try context.provider.checkCancellation()
            try audit?.check(made, after: state.current)
            version = try commit(made, state, engine: try opened.engine.name, cell: cell, seconds: start.elapsedSeconds)
        } catch {
            made.deleteFiles(below: context.workspace.tables.folder(of: state.name))
            throw error
        }
        guard version != nil else {
            made.deleteFiles(below: context.workspace.tables.folder(of: state.name))
            return try evaluate(state.name, state.pipeline, cell: cell)
        }
        deleteStates(of: state, besides: made.savedStates?.path)
        let newest = try context.snapshots.newest(state.name)!
        try rejects(of: state.name).follow(newest)
        var outcome = outcome(of: newest, state.name)
        outcome.staleness = state.staleness
        outcome.rowsWritten = made.rowsWritten
        outcome.rowsRejected = made.rejects.count
        outcome.rowsWarned = made.rowsWarned
        outcome.work = made.work
        outcome.work.partitionsWritten = Set(made.files.map(\.partition)).count
        outcome.work.filesReplaced = made.removes.count
        outcome.conditionsHeld = audit?.conditions.count ?? 0
        outcome.seconds = start.elapsedSeconds
        return outcome
    }

    /// The new version, or nil when another run landed the same work first.
    private func commit(_ made: TableMaking.Made, _ state: TableState, engine: String, cell: String, seconds: Double) throws -> Int? {
        var record = CommitRecord()
        record.definitionHash = state.definitionHash
        record.plugins = context.workspace.plugins.users(of: state.plan.functions).map {
            CommitRecord.Plugin(name: $0.name, version: $0.version, hash: $0.hash)
        }
        record.inputs = state.inputs.mapValues(\.version)
        record.ingestedFiles = made.ingestedFiles
        record.columnMeanings = state.columnMeanings
        record.unchangedColumns = state.unchangedColumns
        record.withdrawnFiles = state.ingestion?.withdrawn ?? []
        record.watermark = made.watermark
        record.savedStates = made.savedStates?.path
        record.rowsIn = made.rowsRead
        record.rowsOut = made.rowsWritten
        record.rowsRejected = made.rejects.count
        record.engine = engine
        record.durationSeconds = seconds
        record.cell = cell
        record.notebook = context.notebook
        record.asserts = audit(cell)?.definitions ?? []
        record.sourceSchema = state.pipeline.fileSource?.schema
        record.sourceOptions = state.pipeline.fileSource?.options.description
        let concerned = (state.ingestion?.withdrawn ?? []).map(\.sha256) + (state.ingestion?.toIngest ?? []).map(\.sha256)
        let rejects = rejects(of: state.name)
        record.rejectsVersion = try rejects.publish(made.rejects.files, replacing: made.replacesAll ? nil : Set(concerned), record: record)
        if state.pipeline.rejectingStep != nil, record.rejectsVersion == RejectsTable.none {
            record.rejectsVersion = try rejects.makeIfMissing(record: record)
        }
        made.rejects.release()
        Failpoint.afterRejects.reach()
        var transaction = Transaction(
            operation: made.replacesAll ? "WRITE" : state.ingestion == nil ? "UPDATE" : "INGEST",
            rule: .replaces(readVersion: state.current?.version),
            schema: state.pipeline.shape.schema, partitioning: state.pipeline.shape.partitioning)
        transaction.configuration = try TableConfiguration.values(of: state.pipeline.shape)
        transaction.adds = made.files
        transaction.removes = made.removes
        transaction.sortKey = state.pipeline.shape.key?.columns ?? []
        transaction.identity = Transaction.Identity(
            appId: "tickbook/\(state.definitionHash.prefix(16))", version: Int64((state.current?.version ?? -1) + 1))
        transaction.record = record
        switch try context.workspace.tables.table(state.name).commit(transaction, from: state.current) {
        case .committed(let version): return version
        case .alreadyCommitted: return nil
        }
    }

    /// Only the newest version's states are of use.
    private func deleteStates(of superseded: TableState, besides kept: String?) {
        guard let path = superseded.current?.lastCommit.record?.savedStates, path != kept else { return }
        SavedStatesFile(root: context.workspace.tables.folder(of: superseded.name)).delete(path)
    }

    private func audit(_ cell: String) -> TableAudit? { TableAudit(context: context, asserts: asserts, cell: cell) }

    private func rejects(of name: String) -> RejectsTable { RejectsTable(context: context, name: name) }

    private func outcome(of snapshot: Snapshot, _ name: String) -> TableOutcome {
        TableOutcome(
            name: name, version: snapshot.version, rowCount: snapshot.rowCount ?? 0,
            partitionCount: Set(snapshot.files.map(\.partition)).count, fileCount: snapshot.files.count)
    }
}

extension ContinuousClock.Instant {
    /// Seconds from this instant to now.
    package var elapsedSeconds: Double {
        let duration = duration(to: .now).components
        return Double(duration.seconds) + Double(duration.attoseconds) * 1e-18
    }
}
