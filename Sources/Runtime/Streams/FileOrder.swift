import Columnar
import DeltaTable
import Engine
import Language
import Planner

/// Chooses the files of a scan and the order to read them in.
struct FileOrder {
    let files: [DataFile]
    /// Whether reading the files one after another gives rows sorted by the key.
    let isSorted: Bool

    /// In key order where the files' own order and bounds allow it, else in the order of ingestion.
    init(files: [DataFile], key: Key?) {
        guard let key, let ranges = FileOrder.ranges(files, key: key) else {
            self.files = files
            isSorted = files.isEmpty
            return
        }
        let sorted = zip(files, ranges).sorted { FileOrder.ascends($0.1.first, $1.1.first) }
        let isDisjoint = zip(sorted, sorted.dropFirst()).allSatisfy { FileOrder.ascends($0.1.last, $1.1.first) }
        self.files = isDisjoint ? sorted.map(\.0) : files
        isSorted = isDisjoint
    }

    private typealias KeyRange = (first: [Value], last: [Value])

    /// The bounds of every file's keys; nil when one is unsorted or has none.
    private static func ranges(_ files: [DataFile], key: Key) -> [KeyRange]? {
        var ranges: [KeyRange] = []
        for file in files {
            guard file.sortedBy == key.columns else { return nil }
            let bounds = key.columns.map { file.statistics[$0] }
            guard bounds.allSatisfy({ $0?.minimum != nil && $0?.maximum != nil && $0?.nullCount == 0 }) else { return nil }
            ranges.append((bounds.map { $0!.minimum! }, bounds.map { $0!.maximum! }))
        }
        return ranges
    }

    /// Whether `left` comes before `right`, key column by key column.
    private static func ascends(_ left: [Value], _ right: [Value]) -> Bool {
        for (left, right) in zip(left, right) {
            guard let order = compareValues(left, right) else { return false }
            if order != 0 { return order < 0 }
        }
        return false
    }
}

extension PipelinePlan {
    /// The key of the first sort, under the names that columns have there.
    var firstSortKey: Key? {
        for case .sort(let key) in stages { return key }
        return nil
    }
}

extension Snapshot {
    /// Rows of a data file that was written anew keep the place that their source files have.
    func inOrderOfIngestion(_ files: [DataFile]) -> [DataFile] {
        guard let ingested = lastCommit.record?.ingestedFiles, !ingested.isEmpty else { return files }
        let places = Dictionary(ingested.enumerated().map { ($1.sha256, $0) }, uniquingKeysWith: { first, _ in first })
        let ordered = files.enumerated().map { (place: $1.sources.first.flatMap { places[$0.source] } ?? .max, number: $0, file: $1) }
        return ordered.sorted { ($0.place, $0.number) < ($1.place, $1.number) }.map(\.file)
    }

    /// Whether every row's source file is known.
    var tellsSources: Bool { files.allSatisfy { file in file.sources.reduce(0) { $0 + $1.rowCount } == file.rowCount } }
}

extension DataFile {
    /// Whether the file may hold rows that meet every condition, by its partition values and statistics.
    func mayHold(_ conditions: [PruningCondition], partitioning: [PartitionColumn]) -> Bool {
        conditions.allSatisfy { condition in
            if let index = partitioning.firstIndex(where: { $0.source == condition.column && $0.part == condition.part }) {
                let value = partition[index]
                // A comparison with null is never true.
                return !value.isNull && condition.mayHold(minimum: value, maximum: value)
            }
            guard condition.part == nil, let bounds = statistics[condition.column] else {
                return condition.part == .year ? yearMayHold(condition) : true
            }
            guard let minimum = bounds.minimum, let maximum = bounds.maximum else {
                return bounds.nullCount < rowCount ?? .max
            }
            return condition.mayHold(minimum: minimum, maximum: maximum)
        }
    }

    private func yearMayHold(_ condition: PruningCondition) -> Bool {
        guard let bounds = statistics[condition.column], let first = bounds.minimum?.year, let last = bounds.maximum?.year else {
            return true
        }
        return condition.mayHold(minimum: .int(first), maximum: .int(last))
    }
}

extension Value {
    fileprivate var year: Int64? {
        switch self {
        case .date(let days): Int64(CalendarDate(days: days).year)
        case .timestamp(let microseconds): Int64(CalendarTime(microseconds: microseconds).date.year)
        default: nil
        }
    }
}
