import Columnar
import Synchronization

/// All rows that one version of a table has of an entity.
struct EntityHistory: Sendable {
    let batches: [RecordBatch]
    /// Rising.
    private let times: [Int64]

    init(batches: [RecordBatch], time: String) {
        self.batches = batches
        times =
            batches.flatMap { batch in
                let column = batch.columns[batch.schema.index(of: time)!]
                return (0..<batch.count).compactMap { column[$0].timeNumber }
            }.sorted()
    }

    /// The time from which on there are `count` rows up to `last`, or all there are.
    func time(ofLast count: Int, upTo last: Int64) -> Int64 {
        let end = times.partitioningIndex { $0 > last }
        return end > count ? times[end - count] : .min
    }

    fileprivate var cellCount: Int { batches.reduce(0) { $0 + $1.count * $1.columns.count } }
}

/// The histories asked for last, of one version of a table.
final class EntityHistories: Sendable {
    /// Of all kept; a cell takes some eight bytes.
    private static let greatestCellCount = 4_000_000

    fileprivate struct State {
        var histories: [String: (history: EntityHistory, lastUse: Int)] = [:]
        var cellCount = 0
        var useCount = 0
    }

    private let state = Mutex(State())

    /// Two who ask for the same one at the same time may both read it.
    func history(of entity: String, read: () throws -> EntityHistory) throws -> EntityHistory {
        if let known = state.withLock({ $0.use(entity) }) { return known }
        let history = try read()
        state.withLock { $0.keep(history, of: entity, limit: Self.greatestCellCount) }
        return history
    }
}

extension EntityHistories.State {
    fileprivate mutating func use(_ entity: String) -> EntityHistory? {
        useCount += 1
        histories[entity]?.lastUse = useCount
        return histories[entity]?.history
    }

    fileprivate mutating func keep(_ history: EntityHistory, of entity: String, limit: Int) {
        guard histories[entity] == nil, history.cellCount <= limit, !history.batches.isEmpty else { return }
        while cellCount + history.cellCount > limit, let oldest = histories.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            cellCount -= oldest.value.history.cellCount
            histories[oldest.key] = nil
        }
        histories[entity] = (history, useCount)
        cellCount += history.cellCount
    }
}

/// Features at stored rows that were asked for, as long as the tables stay as they are.
final class ServedAnswers: Sendable {
    struct Question: Hashable {
        let entity: String
        let bound: Int64
    }

    private static let greatestCount = 10_000
    private let rows = Mutex<[Question: LiveFeatures.Row]>([:])

    func row(_ question: Question, make: () throws -> LiveFeatures.Row) throws -> LiveFeatures.Row {
        if let known = rows.withLock({ $0[question] }) { return known }
        let row = try make()
        rows.withLock { rows in
            if rows.count >= Self.greatestCount { rows = [:] }
            rows[question] = row
        }
        return row
    }
}

extension [Int64] {
    /// The index of the first element that meets what all behind it meet.
    fileprivate func partitioningIndex(_ isBehind: (Int64) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
