import Columnar
import DeltaTable
import Engine
import Language
import Planner

/// What bringing one table up to date would read and write, as far as can be told from logs, statistics and keys.
struct ForetoldWork {
    let context: RunContext
    let state: TableState
    let pending: [String: PendingChange]

    /// Throws `Obstacle` where all rows would be made; its reason is empty where that needs no explanation.
    func work(_ staleness: Staleness) throws -> (TableWork, EntityRanges) {
        guard let current = state.current else { throw IncrementalPlan.Obstacle("") }
        switch staleness {
        case .neverMade, .fullRefresh, .definitionChanged: throw IncrementalPlan.Obstacle("")
        case .files: return try ingestion(current)
        case .inputsAdvanced, .inputsWillChange: return try recomputation(current)
        }
    }

    // MARK: Files

    private func ingestion(_ current: Snapshot) throws -> (TableWork, EntityRanges) {
        guard let ingestion = state.ingestion, !ingestion.takesAll else {
            throw IncrementalPlan.Obstacle("rows of one file depend on those of others")
        }
        guard let key = state.pipeline.shape.key else { throw IncrementalPlan.Obstacle("the table has no key") }
        let withdrawn = Set(ingestion.withdrawn.map(\.sha256))
        let replaced = current.files.filter { file in file.sources.contains { withdrawn.contains($0.source) } }
        var ranges = try ranges(of: StoredRows(context: context, name: state.name, snapshot: current).stream(of: replaced), key)
        for new in ingestion.toIngest { ranges.formUnion(try self.ranges(of: keys(of: new), key)) }
        var work = TableWork(.changes(entities: ranges.entities.count, rows: nil))
        work.note(times: ranges, type: state.pipeline.shape[key.time]?.type)
        (work.filesRead, work.filesPresent) = (ingestion.toIngest.count, ingestion.toIngest.count + ingestion.kept.count)
        work.filesReplaced = replaced.count
        work.partitionsWritten = partitions(ranges, key, replaced).count
        return (work, ranges)
    }

    private func keys(of new: IngestionPlan.NewFile) throws -> any RecordBatchStream {
        var plan = state.plan
        plan.keepOnly(state.pipeline.shape.key!.columns)
        var executor = PlanExecutor(provider: context.provider, workspace: context.workspace, snapshots: [:])
        executor.file = PlanExecutor.OneFile(part: .file(new.file.absolutePath)) { _ in }
        return try executor.stream(plan).stream
    }

    private func ranges(of stream: any RecordBatchStream, _ key: Key) throws -> EntityRanges {
        let reader = KeyReader(key, in: stream.schema)
        var ranges = EntityRanges()
        while let batch = try stream.next() {
            try context.provider.checkCancellation()
            let times = try reader.times(of: batch)
            reader.forEachEntity(in: batch) { entity, rows in
                let numbers = rows.map { times[$0] }
                ranges.add(numbers.min()!...numbers.max()!, of: entity)
            }
        }
        return ranges
    }

    // MARK: Tables

    private func recomputation(_ current: Snapshot) throws -> (TableWork, EntityRanges) {
        let plan = try IncrementalPlan(state.plan)
        guard let now = state.inputs[plan.scan.table] else { throw IncrementalPlan.Obstacle("") }
        let others = state.inputs.keys.filter { $0 != plan.scan.table && pending[$0] != nil }
        if let other = others.first { throw IncrementalPlan.Obstacle("\(other) changes as well") }
        let input = state.change ?? InputChanges(from: now, to: now, for: plan.scan)
        let scope = ChangeScope(context: context, plan: plan, input: input, inputs: state.inputs)
        try scope.checkTimes()
        var changed = state.change == nil ? EntityRanges() : try scope.changedRanges()
        switch pending[plan.scan.table] {
        case .whole: throw IncrementalPlan.Obstacle("\(plan.scan.table) is made as a whole")
        case .ranges(let ranges): changed.formUnion(ranges)
        case nil: if state.change == nil { throw IncrementalPlan.Obstacle("its inputs' logs do not say what changed") }
        }
        let (due, files, resumed) = try reach(of: changed, scope)
        let replaced = current.files.filter { $0.mayOverlap(due, key: plan.key) }
        var work = scope.work(due, rows: nil, reading: files)
        work.note(resumed: resumed)
        work.filesReplaced = replaced.count
        work.partitionsWritten = partitions(due, plan.key, replaced).count
        return (work, due)
    }

    /// Where rows would be due, among the rows that are there now.
    private func reach(of changed: EntityRanges, _ scope: ChangeScope) throws -> (EntityRanges, [DataFile], resumed: Int?) {
        guard !scope.plan.rest.isEmpty else { return (changed, scope.files(of: scope.input.now, within: changed), nil) }
        let saved = scope.plan.savesStates ? state.savedStates(for: scope.plan, in: context.workspace) : SavedStates()
        if scope.resumes(from: saved, around: changed) {
            let (stream, files) = try scope.resumed(from: saved, around: changed, scope.executor(reading: scope.input.now))
            while try stream.next() != nil { try context.provider.checkCancellation() }
            return (stream.due, files, StepStates(resuming: saved, before: changed).resumedCount)
        }
        for widening in ReadingBounds.widenings {
            let (stream, bounds) = try scope.segments(around: changed, widening: widening, scope.executor(reading: scope.input.now))
            while try stream.next() != nil { try context.provider.checkCancellation() }
            if !bounds.leftOutRows(of: stream) { return (stream.due, bounds.files, nil) }
        }
        return (changed.wholeEntities, scope.files(of: scope.input.now, within: changed.wholeEntities), nil)
    }

    // MARK: Partitions

    /// The partitions of the rows at both ends of each range, and those of replaced files.
    private func partitions(_ ranges: EntityRanges, _ key: Key, _ replaced: [DataFile]) -> Set<[Value]> {
        var partitions = Set(replaced.map(\.partition))
        let shape = state.pipeline.shape
        for (entity, ranges) in ranges.byEntity {
            for time in ranges.flatMap({ [$0.lowerBound, $0.upperBound] }) where time != .min && time != .max {
                let time = Value(timeNumber: time, type: shape[key.time]!.type)
                let values = shape.partitioning.map { column -> Value? in
                    if let place = key.entity.firstIndex(of: column.source) { return entity[place] }
                    return column.source == key.time ? column.part.map { .int(Int64(time.date.number(of: $0))) } ?? time : nil
                }
                if !values.contains(nil) { partitions.insert(values.map { $0! }) }
            }
        }
        return partitions
    }
}

extension Value {
    /// The day of a date or timestamp.
    fileprivate var date: CalendarDate {
        switch self {
        case .date(let days): CalendarDate(days: days)
        case .timestamp(let microseconds): CalendarTime(microseconds: microseconds).date
        default: CalendarDate(days: 0)
        }
    }
}
