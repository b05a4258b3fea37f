import Columnar

/// The input with a column that numbers its rows, so that a sort can keep their order.
final class NumberedStream: RecordBatchStream {
    let schema: Schema
    private let input: any RecordBatchStream
    private var count = 0

    init(input: any RecordBatchStream, column: String) {
        self.input = input
        schema = Schema(input.schema.fields + [Field(column, .int)])
    }

    func next() throws -> RecordBatch? {
        guard let batch = try input.next() else { return nil }
        let numbers = Buffer(uninitializedByteCount: batch.count * 8)
        for row in 0..<batch.count { numbers.typed(as: Int64.self)[row] = Int64(count + row) }
        count += batch.count
        let column = Column(type: .int, count: batch.count, validity: nil, values: numbers)
        return RecordBatch(schema: schema, columns: batch.columns + [column], count: batch.count)
    }
}
