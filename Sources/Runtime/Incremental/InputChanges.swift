import Columnar
import DeltaTable
import Engine
import Language
import Planner

/// What the log of an input table says has happened between the version that was read and the newest.
struct InputChanges {
    let before: Snapshot
    let now: Snapshot
    /// Files that came and files that went, as far as the reader of the table may use rows of them.
    let added: [DataFile]
    let removed: [DataFile]

    init(from before: Snapshot, to now: Snapshot, for scan: TableScan) {
        self.before = before
        self.now = now
        let (old, new) = (Set(before.files.map(\.path)), Set(now.files.map(\.path)))
        added = now.files.filter { !old.contains($0.path) && $0.mayHold(scan.pruning, partitioning: now.partitioning) }
        removed = before.files.filter { !new.contains($0.path) && $0.mayHold(scan.pruning, partitioning: before.partitioning) }
    }

    var isEmpty: Bool { added.isEmpty && removed.isEmpty }

    /// Whether columns have gone or are of another type.
    func changesTypes(of columns: [String]) -> Bool {
        columns.contains { before.schema.type(of: $0) != now.schema.type(of: $0) }
    }

    /// Whether no row that was there before lies among those that came.
    func onlyAppends(_ touched: EntityRanges, key: Key) -> Bool {
        removed.isEmpty && !before.files.contains { $0.mayOverlap(touched, key: key) }
    }
}

/// What the statistics of a file tell of the keys of its rows.
enum FileBounds {
    /// The entity and the times of all rows; nil where the file holds several entities or statistics say too little.
    static func of(_ statistics: [String: ColumnStatistics], _ key: Key, rowCount: Int?) -> (entity: [Value], times: ClosedRange<Int64>)? {
        var entity: [Value] = []
        for column in key.entity {
            guard let bounds = statistics[column] else { return nil }
            if let rowCount, bounds.nullCount == rowCount {
                entity.append(.null)
            } else {
                guard bounds.nullCount == 0, let value = bounds.minimum, value == bounds.maximum else { return nil }
                entity.append(value)
            }
        }
        guard let times = times(statistics, key) else { return nil }
        return (entity, times)
    }

    /// The first and the last time; nil where statistics don't tell or a row has none.
    static func times(_ statistics: [String: ColumnStatistics], _ key: Key) -> ClosedRange<Int64>? {
        guard let bounds = statistics[key.time], bounds.nullCount == 0, let first = bounds.minimum?.timeNumber,
            let last = bounds.maximum?.timeNumber, first <= last
        else { return nil }
        return first...last
    }
}

extension DataFile {
    func bounds(_ key: Key) -> (entity: [Value], times: ClosedRange<Int64>)? { FileBounds.of(statistics, key, rowCount: rowCount) }

    /// Whether the file may hold rows within the ranges.
    func mayOverlap(_ ranges: EntityRanges, key: Key) -> Bool {
        if let bounds = bounds(key) { return ranges.overlaps(bounds.times, of: bounds.entity) }
        guard let times = FileBounds.times(statistics, key), let span = ranges.span else { return !ranges.isEmpty }
        return span.overlaps(times)
    }
}

extension PipelinePlan {
    /// Whether a join or union reads the table, beside the source.
    func readsAgain(_ table: String) -> Bool {
        stages.contains { stage in
            guard case .relation(let relation) = stage else { return false }
            return relation.sides.values.contains { side in
                if case .table(let scan) = side.source, scan.table == table { return true }
                return side.readsAgain(table)
            }
        }
    }
}
