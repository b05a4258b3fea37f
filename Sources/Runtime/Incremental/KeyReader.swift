import Columnar
import Language

/// Reads entities and times from the key columns of batches.
struct KeyReader {
    private let entity: [Int]
    private let time: Int
    private let timeName: String

    init(_ key: Key, in schema: Schema) {
        entity = key.entity.map { schema.index(of: $0)! }
        time = schema.index(of: key.time)!
        timeName = key.time
    }

    /// Calls `body` with each run of rows of one entity; an entity may come again later.
    func forEachEntity(in batch: RecordBatch, _ body: ([Value], Range<Int>) throws -> Void) rethrows {
        let columns = entity.map { batch.columns[$0] }
        var start = 0
        while start < batch.count {
            var end = start + 1
            while end < batch.count, columns.allSatisfy({ $0.equals(end, $0, end - 1) }) { end += 1 }
            try body(columns.map { $0[start] }, start..<end)
            start = end
        }
    }

    /// The times of a batch's rows; throws `Obstacle` where one is null.
    func times(of batch: RecordBatch) throws(IncrementalPlan.Obstacle) -> Times {
        guard batch.columns[time].nullCount == 0 else { throw IncrementalPlan.Obstacle("a row has no \(timeName)") }
        return knownTimes(of: batch)
    }

    func hasTime(_ batch: RecordBatch, _ row: Int) -> Bool { !batch.columns[time].isNull(row) }

    /// The times of rows that have one.
    func knownTimes(of batch: RecordBatch) -> Times { Times(column: batch.columns[time]) }

    /// Times as numbers, without a copy.
    struct Times {
        fileprivate let column: Column

        subscript(row: Int) -> Int64 {
            column.type == .date ? Int64(column.elements(as: Int32.self)[row]) : column.ints[row]
        }
    }
}
