import Columnar
import Language

/// Of a stream sorted by key, the rows behind saved states, with those marked as due that are not earlier than their entity's first change.
final class ResumedStream: RecordBatchStream {
    let schema: Schema
    private(set) var rowsRead = 0
    /// Where rows are due, with the changed ranges themselves.
    private(set) var due: EntityRanges
    private let input: any RecordBatchStream
    private let reader: KeyReader
    private let changes: EntityRanges

    init(input: any RecordBatchStream, key: Key, changes: EntityRanges) {
        self.input = input
        schema = Schema(input.schema.fields + [Field(SegmentStream.dueColumn, .int)])
        reader = KeyReader(key, in: input.schema)
        self.changes = changes
        due = changes
    }

    func next() throws -> RecordBatch? {
        guard let batch = try input.next() else { return nil }
        rowsRead += batch.count
        let times = try reader.times(of: batch)
        var marks: [Int64] = []
        reader.forEachEntity(in: batch) { entity, rows in
            let first = changes[entity].first?.lowerBound ?? .max
            marks += rows.map { times[$0] >= first ? 1 : 0 }
            let last = times[rows.upperBound - 1]
            if last >= first { due.add(first...last, of: entity) }
        }
        return RecordBatch(schema: schema, columns: batch.columns + [.ints(marks)], count: batch.count)
    }
}
