import Columnar
import DeltaTable
import Engine
import Language
import Planner

/// Makes again the rows of a table that a change of its input reaches, and leaves all others as they are.
struct IncrementalMaking {
    let making: TableMaking
    let plan: IncrementalPlan
    let input: InputChanges
    let current: Snapshot
    /// More rows than these are not kept in memory: then the table is made as a whole.
    private static let mostRows = 2_000_000
    /// Where more than this and half the table has changed, nothing is gained.
    private static let fewRows = 200_000

    private var context: RunContext { making.context }

    /// Throws `Obstacle` where the table has to be made as a whole.
    func run() throws -> TableMaking.Made {
        try checkGain()
        let changed = try changedRanges(within: touchedRanges())
        var made = TableMaking.Made(rejects: RejectsTable(context: context, name: making.state.name).writer())
        made.replacesAll = false
        made.extent = .changes(entities: 0, rows: 0)
        if !changed.isEmpty {
            let due = try recompute(changed, &made)
            try write(due, &made)
        }
        made.watermark = Watermark.of(made, after: current, key: plan.key)
        return made
    }

    private struct DueRows {
        let batches: [RecordBatch]
        let ranges: EntityRanges
    }

    private func checkGain() throws {
        let rows = (input.added + input.removed).reduce(0) { $0 + ($1.rowCount ?? 0) }
        let removed = input.removed.reduce(0) { $0 + ($1.rowCount ?? 0) }
        if removed > 0, rows > Self.fewRows, removed > (input.before.rowCount ?? 0) / 2 {
            throw IncrementalPlan.Obstacle("most of \(plan.scan.table) was made anew")
        }
    }

    // MARK: What changed

    /// The entities and times of the files that came and went.
    private func touchedRanges() throws -> EntityRanges {
        var touched = EntityRanges()
        for (files, snapshot) in [(input.removed, input.before), (input.added, input.now)] {
            var unclear: [DataFile] = []
            for file in files {
                if let bounds = file.bounds(plan.inputKey) { touched.add(bounds.times, of: bounds.entity) } else { unclear.append(file) }
            }
            if !unclear.isEmpty { touched.formUnion(try rangesOfKeys(in: unclear, of: snapshot)) }
        }
        return touched
    }

    /// Found by reading the key columns.
    private func rangesOfKeys(in files: [DataFile], of snapshot: Snapshot) throws -> EntityRanges {
        var scan = plan.scan
        scan.columns = plan.inputKey.columns
        let keys = PipelinePlan(source: .table(scan), stages: [], shape: plan.prefix.shape)
        var executor = executor(reading: snapshot)
        executor.restriction = ScanRestriction(files: files, times: nil, time: plan.inputKey.time)
        let stream = try executor.stream(keys).stream
        let reader = KeyReader(plan.inputKey, in: stream.schema)
        var extents: [[Value]: ClosedRange<Int64>] = [:]
        while let batch = try stream.next() {
            guard let times = reader.times(of: batch) else { throw IncrementalPlan.Obstacle("a row has no \(plan.inputKey.time)") }
            reader.forEachEntity(in: batch) { entity, rows in
                var extent = extents[entity] ?? times[rows.lowerBound]...times[rows.lowerBound]
                for row in rows { extent = min(extent.lowerBound, times[row])...max(extent.upperBound, times[row]) }
                extents[entity] = extent
            }
        }
        var ranges = EntityRanges()
        for (entity, extent) in extents { ranges.add(extent, of: entity) }
        return ranges
    }

    /// Where rows really differ: rows that only moved from file to file, or differ in columns nobody reads, don't count.
    private func changedRanges(within touched: EntityRanges) throws -> EntityRanges {
        if input.onlyAppends(touched, key: plan.inputKey) { return touched }
        var (before, now) = (KeyedRows(), KeyedRows())
        try before.read(prefix(of: input.before, within: touched), key: plan.prefixKey)
        try now.read(prefix(of: input.now, within: touched), key: plan.prefixKey)
        return now.changes(since: before, gap: plan.lookBack + plan.lookAhead)
    }

    // MARK: Making rows

    private func recompute(_ changed: EntityRanges, _ made: inout TableMaking.Made) throws -> DueRows {
        guard !plan.rest.isEmpty else {
            var failures: [RuleFailures] = []
            let batches = try collect(prefix(of: input.now, within: changed) { failures.append($0) })
            made.rowsRead += batches.reduce(0) { $0 + $1.count }
            made.note(failures)
            return DueRows(batches: batches, ranges: changed)
        }
        let changes = plan.reachesWholeEntity ? changed.wholeEntities : changed
        for widening in [Int64(1), 16, nil] {
            var tried = made
            if let rows = try windowed(changes, widening: plan.reachesWholeEntity ? nil : widening, &tried) {
                made = tried
                return rows
            }
        }
        throw IncrementalPlan.Obstacle("windows did not find the rows they need")
    }

    /// The rows that changes reach; nil when windows wanted rows that were not read.
    private func windowed(_ changes: EntityRanges, widening: Int64?, _ made: inout TableMaking.Made) throws -> DueRows? {
        let reach = plan.lookBack + plan.lookAhead
        let bounds = ReadingBounds(
            around: changes, in: input.now, key: plan.inputKey, reach: plan.reachesWholeEntity ? 1 : reach, widening: widening)
        var failures: [RuleFailures] = []
        var executor = executor(reading: input.now) { failures.append($0) }
        executor.restriction = ScanRestriction(files: bounds.files, times: bounds.ranges.span, time: plan.inputKey.time)
        let rows = RangeFilterStream(
            input: try executor.stream(plan.prefix).stream, key: plan.prefixKey, ranges: bounds.ranges, side: .inside)
        let segments = SegmentStream(
            input: rows, key: plan.prefixKey, changes: changes, lookBack: plan.lookBack, lookAhead: plan.lookAhead)
        let stages = plan.rest.map(\.overSegments)
        let computed = try executor.stream(stages[...], from: segments, sortedBy: plan.prefixKey).stream
        let batches = try collect(DueRowsStream(input: computed))
        guard !bounds.leftOut(any: segments.cutShort) else { return nil }
        made.rowsRead += segments.rowsRead
        made.note(failures)
        return DueRows(batches: batches, ranges: segments.due)
    }

    private func collect(_ stream: any RecordBatchStream) throws -> [RecordBatch] {
        var batches: [RecordBatch] = []
        var rows = 0
        while let batch = try stream.next() {
            try context.provider.checkCancellation()
            batches.append(batch)
            rows += batch.count
            if rows > Self.mostRows { throw IncrementalPlan.Obstacle("changes reach more than \(Self.mostRows) rows") }
        }
        return batches
    }

    private func prefix(
        of snapshot: Snapshot, within ranges: EntityRanges, reportFailures: @escaping (RuleFailures) -> Void = { _ in }
    ) throws -> any RecordBatchStream {
        var executor = executor(reading: snapshot, reportFailures: reportFailures)
        executor.restriction = ScanRestriction(
            files: snapshot.files.filter { $0.mayOverlap(ranges, key: plan.inputKey) }, times: ranges.span, time: plan.inputKey.time)
        return RangeFilterStream(input: try executor.stream(plan.prefix).stream, key: plan.prefixKey, ranges: ranges, side: .inside)
    }

    private func executor(
        reading snapshot: Snapshot, reportFailures: @escaping (RuleFailures) -> Void = { _ in }
    ) -> PlanExecutor {
        var snapshots = making.state.inputs
        snapshots[plan.scan.table] = snapshot
        return PlanExecutor(
            provider: context.provider, workspace: context.workspace, snapshots: snapshots, reportFailures: reportFailures)
    }

    // MARK: Writing

    /// New files of the due rows, with what else stood in the files they replace.
    private func write(_ due: DueRows, _ made: inout TableMaking.Made) throws {
        let replaced = current.files.filter { $0.mayOverlap(due.ranges, key: plan.key) }
        let isSorted = plan.isSorted || !replaced.isEmpty
        let writer = try making.writer(sortedBy: isSorted ? plan.key : nil)
        do {
            let stream = try merged(due, with: replaced)
            while let batch = try stream.next() {
                try context.provider.checkCancellation()
                try writer.append(batch, source: nil)
            }
            made.files = try writer.finish()
        } catch {
            writer.abandon()
            throw error
        }
        made.removes = replaced
        made.extent = .changes(entities: due.ranges.entities.count, rows: due.batches.reduce(0) { $0 + $1.count })
    }

    private func merged(_ due: DueRows, with replaced: [DataFile]) throws -> any RecordBatchStream {
        let schema = making.state.pipeline.shape.schema
        let made = InMemoryStream(schema: schema, batches: due.batches)
        guard !replaced.isEmpty else { return made }
        let stored = try StoredRows(context: context, name: making.state.name, snapshot: current).stream(of: replaced)
        let kept = RangeFilterStream(input: stored, key: plan.key, ranges: due.ranges, side: .outside)
        return try executor(reading: input.now).stream([.sort(plan.key)], from: ChainedStream(kept, made), sortedBy: nil).stream
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
