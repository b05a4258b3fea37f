import Columnar
import DeltaTable
import Engine
import Foundation
import Language
import Planner

/// Writes the data files of a table's next version; nothing of it is visible before the commit.
struct TableMaking {
    let context: RunContext
    let state: TableState

    var plan: PipelinePlan { state.plan }

    struct Made {
        var files: [WrittenFile] = []
        var removes: [DataFile] = []
        var ingestedFiles: [CommitRecord.IngestedFile] = []
        var rejects: RejectsWriter
        var rowsRead = 0
        var rowsWarned = 0
        var work = TableWork(.whole(because: nil))
        /// Whether every file of the version before is removed.
        var replacesAll = true
        var watermark: [String: String] = [:]
        /// The file of saved states that belongs to the rows, and whether it was written for them.
        var savedStates: (path: String, isNew: Bool)?

        mutating func note(_ failures: [RuleFailures]) {
            rowsWarned += failures.filter { $0.step.onFailure == .warn }.reduce(0) { $0 + $1.count }
        }

        var rowsWritten: Int { files.reduce(0) { $0 + $1.rowCount } }

        func deleteFiles(below folder: String) {
            for file in files { unlink(folder + "/" + file.path) }
            if let savedStates, savedStates.isNew { SavedStatesFile(root: folder).delete(savedStates.path) }
            rejects.abandon()
        }
    }

    func run() throws -> Made {
        let folder = context.workspace.tables.folder(of: state.name)
        try WritableFolder.make(folder)
        do {
            return try make()
        } catch {
            WritableFolder.removeEmpty(folder, below: context.workspace.dataFolder)
            throw error
        }
    }

    private func make() throws -> Made {
        guard let source = state.pipeline.fileSource, let ingestion = state.ingestion else { return try remake() }
        return try FileIngestion(making: self, source: source, ingestion: ingestion).run()
    }

    /// Only what the input's change reaches, where that can be told.
    private func remake() throws -> Made {
        guard let current = state.current, let change = state.change else { return try recompute() }
        do {
            let scope = ChangeScope(context: context, plan: try IncrementalPlan(plan), input: change, inputs: state.inputs)
            return try IncrementalMaking(making: self, scope: scope, current: current).run()
        } catch let obstacle as IncrementalPlan.Obstacle {
            var made = try recompute()
            made.work.extent = .whole(because: obstacle.reason)
            return made
        }
    }

    private func recompute() throws -> Made {
        var made = Made(rejects: RejectsTable(context: context, name: state.name).writer())
        var failures: [RuleFailures] = []
        var executor = executor { failures.append($0) }
        if (try? IncrementalPlan(plan))?.savesStates == true { executor.states = StepStates() }
        context.progress.expect(rows: expectedRows)
        let (stream, sortedBy) = try executor.stream(plan)
        made.files = try write(stream, sortedBy: sortedBy)
        made.removes = state.current?.files ?? []
        (made.work.filesRead, made.work.filesPresent) = state.filesRead
        made.rowsRead = state.inputs.values.reduce(0) { $0 + ($1.rowCount ?? 0) }
        let broken = failures.filter { $0.step.onFailure == .reject }.flatMap(\.rows)
        try made.rejects.add(broken.map { RejectedRow(file: nil, line: nil, text: $0.text, rule: $0.rule) }, source: nil)
        made.note(failures)
        made.watermark = Watermark.of(made.files.map(\.statistics), key: state.pipeline.shape.key)
        save(executor.states, after: SavedStates(), &made)
        return made
    }

    /// About those of the source, where steps neither choose nor gather rows.
    private var expectedRows: Int? {
        guard case .table(let name, _) = state.pipeline.source.kind else { return nil }
        let keepsRows = state.pipeline.steps.allSatisfy { step in
            switch step.kind {
            case .select, .derive, .sort, .key, .latest, .partition, .require: true
            case .filter, .take, .summarize, .describe, .join, .union: false
            }
        }
        return keepsRows ? state.inputs[name]?.rowCount : nil
    }

    func executor(reportFailures: @escaping (RuleFailures) -> Void) -> PlanExecutor {
        var executor = PlanExecutor(
            provider: context.provider, workspace: context.workspace, snapshots: state.inputs, reportFailures: reportFailures)
        executor.noteAdvance = { [progress = context.progress] in progress.note(ahead: $0) }
        return executor
    }

    /// The files of a table's rows; none stays where one can't be written.
    ///
    /// Rows count for the run's progress here unless they did when they were made.
    func write(_ stream: any RecordBatchStream, sortedBy: Key?, counting: Bool = true) throws -> [WrittenFile] {
        let writer = try writer(sortedBy: sortedBy)
        do {
            while let batch = try stream.next() {
                try context.provider.checkCancellation()
                try writer.append(batch, source: nil)
                if counting { context.progress.count(batch.count) }
            }
            context.progress.enter("writing files")
            return try writer.finish()
        } catch {
            writer.abandon()
            throw error
        }
    }

    /// Writes the states that the making of rows has reached, beside those that still hold. Where that fails, a later run does without.
    func save(_ reached: StepStates?, after earlier: SavedStates, _ made: inout Made) {
        made.savedStates = nil
        guard let reached else { return }
        var states = earlier
        states.add(reached.steps)
        let kept = (state.current?.files ?? []).reduce(0) { $0 + $1.byteCount } - made.removes.reduce(0) { $0 + $1.byteCount }
        states.shrink(beside: made.files.reduce(kept) { $0 + $1.byteCount })
        guard !states.isEmpty else { return }
        made.savedStates = (try? statesFile.write(states)).map { ($0, true) }
    }

    private var statesFile: SavedStatesFile { SavedStatesFile(root: context.workspace.tables.folder(of: state.name)) }

    func writer(sortedBy: Key?) throws -> PartitionedWriter {
        let shape = state.pipeline.shape
        let folder = context.workspace.tables.folder(of: state.name)
        return PartitionedWriter(
            schema: shape.schema, partition: shape.partitioning, keys: shape.key?.columns ?? [], directory: folder,
            engine: try context.provider.get().engine, isClustered: sortedBy != nil && sortedBy == shape.key && shape.partitionsAreClustered
        ) { try PartitionPath.folder(columns: shape.partitioning, values: $0) }
    }
}

extension TableShape {
    /// Whether rows in key order pass through each partition once.
    fileprivate var partitionsAreClustered: Bool {
        guard let key else { return partitioning.isEmpty }
        let values = partitioning.filter { $0.part == nil }.map(\.source)
        let parts = partitioning.compactMap { $0.source == key.time ? $0.part : nil }
        let parent: [PartitionColumn.Part] = [.year, .month, .day]
        guard values.count + parts.count == partitioning.count, parts == Array(parent.prefix(parts.count)) else { return false }
        return parts.isEmpty ? Set(values) == Set(key.entity.prefix(values.count)) : Set(values) == Set(key.entity)
    }
}
