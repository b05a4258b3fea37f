import Columnar
import DeltaTable
import Engine
import Indicators
import Language
import Planner

/// Makes again the rows of a table that a change of its input reaches, and leaves all others as they are.
struct IncrementalMaking {
    let making: TableMaking
    let scope: ChangeScope
    let current: Snapshot
    /// More rows than these are not kept in memory: then the table is made as a whole.
    private static let mostRows = 2_000_000

    private var context: RunContext { making.context }
    private var plan: IncrementalPlan { scope.plan }
    private var input: InputChanges { scope.input }

    /// Throws `Obstacle` where the table has to be made as a whole.
    func run() throws -> TableMaking.Made {
        let changed = try scope.changedRanges()
        var made = TableMaking.Made(rejects: RejectsTable(context: context, name: making.state.name).writer())
        made.replacesAll = false
        made.work = scope.work(EntityRanges(), rows: 0, reading: [])
        made.savedStates = current.lastCommit.record?.savedStates.map { ($0, false) }
        if !changed.isEmpty {
            let due = try recompute(changed, &made)
            try write(due, &made)
            if let states = due.states { making.save(states.reached, after: states.earlier, &made) }
        }
        made.watermark = Watermark.of(made, after: current, key: plan.key)
        return made
    }

    private struct DueRows {
        let batches: [RecordBatch]
        let ranges: EntityRanges
        let filesRead: [DataFile]
        /// Of rows that went on from states: those reached, and those from before that still hold.
        var states: (reached: StepStates, earlier: SavedStates)?
        /// Entities that went on from saved states; nil where windows were read instead.
        var resumedCount: Int?
    }

    // MARK: Making rows

    private func recompute(_ changed: EntityRanges, _ made: inout TableMaking.Made) throws -> DueRows {
        guard !plan.rest.isEmpty else {
            var failures: [RuleFailures] = []
            let batches = try collect(scope.prefix(of: input.now, within: changed) { failures.append($0) })
            made.rowsRead += batches.reduce(0) { $0 + $1.count }
            made.note(failures)
            return DueRows(batches: batches, ranges: changed, filesRead: scope.files(of: input.now, within: changed))
        }
        var saved = plan.savesStates ? making.state.savedStates(for: plan, in: context.workspace) : SavedStates()
        if scope.resumes(from: saved, around: changed) {
            do {
                return try resumed(changed, from: saved, &made)
            } catch SeriesFault.damagedState {
                throw IncrementalPlan.Obstacle("its saved states are of another form")
            }
        }
        saved.drop(changed)
        for widening in ReadingBounds.widenings {
            var tried = made
            if var rows = try windowed(changed, widening: widening, &tried) {
                made = tried
                if plan.savesStates { rows.states = (StepStates(), saved) }
                return rows
            }
        }
        throw IncrementalPlan.Obstacle("windows did not find the rows they need")
    }

    /// The rows that changes reach; nil when windows wanted rows that were not read.
    private func windowed(_ changed: EntityRanges, widening: Int64?, _ made: inout TableMaking.Made) throws -> DueRows? {
        var failures: [RuleFailures] = []
        let executor = scope.executor(reading: input.now) { failures.append($0) }
        let (segments, bounds) = try scope.segments(around: changed, widening: widening, executor)
        let stages = plan.rest.map(\.overSegments)
        let computed = try executor.stream(stages[...], from: segments, sortedBy: plan.prefixKey).stream
        let batches = try collect(DueRowsStream(input: computed))
        guard !bounds.leftOutRows(of: segments) else { return nil }
        made.rowsRead += segments.rowsRead
        made.note(failures)
        return DueRows(batches: batches, ranges: segments.due, filesRead: bounds.files)
    }

    /// The rows from the changes on, made from the last states before them; the new states are written.
    private func resumed(_ changed: EntityRanges, from saved: SavedStates, _ made: inout TableMaking.Made) throws -> DueRows {
        var saved = saved
        var failures: [RuleFailures] = []
        var executor = scope.executor(reading: input.now) { failures.append($0) }
        let (rows, files) = try scope.resumed(from: saved, around: changed, executor)
        let states = StepStates(resuming: saved, before: changed)
        executor.states = states
        let computed = try executor.stream(plan.rest.map(\.overDueMarks)[...], from: rows, sortedBy: plan.prefixKey).stream
        let batches = try collect(DueRowsStream(input: computed))
        made.rowsRead += rows.rowsRead
        made.note(failures)
        saved.drop(changed)
        return DueRows(batches: batches, ranges: rows.due, filesRead: files, states: (states, saved), resumedCount: states.resumedCount)
    }

    private func collect(_ stream: any RecordBatchStream) throws -> [RecordBatch] {
        var batches: [RecordBatch] = []
        var rows = 0
        while let batch = try stream.next() {
            try context.provider.checkCancellation()
            batches.append(batch)
            rows += batch.count
            context.progress.count(batch.count)
            if rows > Self.mostRows { throw IncrementalPlan.Obstacle("changes reach more than \(Self.mostRows) rows") }
        }
        return batches
    }

    // MARK: Writing

    /// New files of the due rows, with what else stood in the files they replace.
    private func write(_ due: DueRows, _ made: inout TableMaking.Made) throws {
        let replaced = current.files.filter { $0.mayOverlap(due.ranges, key: plan.key) }
        let isSorted = plan.isSorted || !replaced.isEmpty
        made.files = try making.write(merged(due, with: replaced), sortedBy: isSorted ? plan.key : nil, counting: false)
        made.removes = replaced
        made.work = scope.work(due.ranges, rows: due.batches.reduce(0) { $0 + $1.count }, reading: due.filesRead)
        made.work.note(resumed: due.resumedCount)
    }

    private func merged(_ due: DueRows, with replaced: [DataFile]) throws -> any RecordBatchStream {
        let schema = making.state.pipeline.shape.schema
        let made = InMemoryStream(schema: schema, batches: due.batches)
        guard !replaced.isEmpty else { return made }
        let stored = try StoredRows(context: context, name: making.state.name, snapshot: current).stream(of: replaced)
        let kept = RangeFilterStream(input: stored, key: plan.key, ranges: due.ranges, side: .outside)
        return try scope.executor(reading: input.now).stream([.sort(plan.key)], from: ChainedStream(kept, made), sortedBy: nil).stream
    }
}

/// The rows of one stream after those of another with the same columns.
private final class ChainedStream: RecordBatchStream {
    let schema: Schema
    private let first: any RecordBatchStream
    private let second: any RecordBatchStream

    init(_ first: any RecordBatchStream, _ second: any RecordBatchStream) {
        (self.first, self.second) = (first, second)
        schema = first.schema
    }

    func next() throws -> RecordBatch? { try first.next() ?? second.next() }
}
