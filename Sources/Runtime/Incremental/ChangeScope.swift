import Columnar
import DeltaTable
import Engine
import Language
import Planner

/// Where a change of the input asks for rows to be made again, and what has to be read for it.
struct ChangeScope {
    let context: RunContext
    let plan: IncrementalPlan
    let input: InputChanges
    /// The inputs at the versions that are read.
    let inputs: [String: Snapshot]
    /// Where more rows than this, and half the table, were made anew, nothing is gained by looking for changes.
    private static let fewRows = 200_000

    /// The entities and times of rows that came, went or differ; throws `Obstacle` where all is better made again.
    func changedRanges() throws -> EntityRanges {
        try checkGain()
        try checkTimes()
        return try changedRanges(within: touchedRanges())
    }

    /// Throws `Obstacle` where rows of the input may have no time.
    func checkTimes() throws {
        guard (input.before.files + input.now.files).allSatisfy({ $0.statistics[plan.inputKey.time]?.nullCount == 0 }) else {
            throw IncrementalPlan.Obstacle("rows of \(plan.scan.table) may have no \(plan.inputKey.time)")
        }
    }

    private func checkGain() throws {
        let rows = (input.added + input.removed).reduce(0) { $0 + ($1.rowCount ?? 0) }
        let removed = input.removed.reduce(0) { $0 + ($1.rowCount ?? 0) }
        if removed > 0, rows > Self.fewRows, removed > (input.before.rowCount ?? 0) / 2 {
            throw IncrementalPlan.Obstacle("most of \(plan.scan.table) was made anew")
        }
    }

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
            let times = try reader.times(of: batch)
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

    // MARK: Reading

    func files(of snapshot: Snapshot, within ranges: EntityRanges) -> [DataFile] {
        snapshot.files.filter { $0.mayOverlap(ranges, key: plan.inputKey) }
    }

    /// The rows that changes reach through windows, with those that the windows need, and how far was read for them.
    func segments(
        around changed: EntityRanges, widening: Int64?, _ executor: PlanExecutor
    ) throws -> (stream: SegmentStream, bounds: ReadingBounds) {
        let changes = plan.reachesWholeEntity ? changed.wholeEntities : changed
        let bounds = ReadingBounds(
            around: changes, in: input.now, key: plan.inputKey, reach: plan.reachesWholeEntity ? 1 : plan.lookBack + plan.lookAhead,
            widening: plan.reachesWholeEntity ? nil : widening)
        var executor = executor
        executor.restriction = ScanRestriction(files: bounds.files, times: bounds.ranges.span, time: plan.inputKey.time)
        let rows = RangeFilterStream(
            input: try executor.stream(plan.prefix).stream, key: plan.prefixKey, ranges: bounds.ranges, side: .inside)
        let stream = SegmentStream(
            input: rows, key: plan.prefixKey, changes: changes, lookBack: plan.lookBack, lookAhead: plan.lookAhead)
        return (stream, bounds)
    }

    /// Whether to go on from saved states: rows were added behind them, or there is no other way.
    func resumes(from states: SavedStates, around changed: EntityRanges) -> Bool {
        plan.reachesLaterRows || plan.savesStates && states.precede(changed)
    }

    /// The rows behind the last states that changes leave as they are.
    func resumed(
        from states: SavedStates, around changed: EntityRanges, _ executor: PlanExecutor
    ) throws -> (stream: ResumedStream, files: [DataFile]) {
        var wanted = EntityRanges()
        for (entity, ranges) in changed.byEntity {
            let point = states.point(before: ranges[0].lowerBound, of: entity)
            wanted.add((point.map { $0.time + 1 } ?? .min)...Int64.max, of: entity)
        }
        let files = files(of: input.now, within: wanted)
        var executor = executor
        executor.restriction = ScanRestriction(files: files, times: wanted.span, time: plan.inputKey.time)
        let rows = RangeFilterStream(input: try executor.stream(plan.prefix).stream, key: plan.prefixKey, ranges: wanted, side: .inside)
        return (ResumedStream(input: rows, key: plan.prefixKey, changes: changed), files)
    }

    func prefix(
        of snapshot: Snapshot, within ranges: EntityRanges, reportFailures: @escaping (RuleFailures) -> Void = { _ in }
    ) throws -> any RecordBatchStream {
        var executor = executor(reading: snapshot, reportFailures: reportFailures)
        executor.restriction = ScanRestriction(
            files: files(of: snapshot, within: ranges), times: ranges.span, time: plan.inputKey.time)
        return RangeFilterStream(input: try executor.stream(plan.prefix).stream, key: plan.prefixKey, ranges: ranges, side: .inside)
    }

    func executor(
        reading snapshot: Snapshot, reportFailures: @escaping (RuleFailures) -> Void = { _ in }
    ) -> PlanExecutor {
        var snapshots = inputs
        snapshots[plan.scan.table] = snapshot
        return PlanExecutor(
            provider: context.provider, workspace: context.workspace, snapshots: snapshots, reportFailures: reportFailures)
    }

    /// What making rows again in `due` comes to.
    func work(_ due: EntityRanges, rows: Int?, reading files: [DataFile]) -> TableWork {
        var work = TableWork(.changes(entities: due.entities.count, rows: rows))
        work.note(times: due, type: input.now.schema.type(of: plan.inputKey.time))
        (work.lookBack, work.lookAhead) = (plan.lookBack, plan.lookAhead)
        (work.filesRead, work.filesPresent) = (files.count, input.now.files.count)
        return work
    }
}
