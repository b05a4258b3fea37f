import Columnar

/// A stream whose first batch is there already, so that whoever takes it need not wait for that.
final class BegunStream: RecordBatchStream {
    let schema: Schema
    private let rest: any RecordBatchStream
    private var first: RecordBatch?

    init(_ stream: any RecordBatchStream) throws {
        rest = stream
        schema = stream.schema
        first = try stream.next()
    }

    func next() throws -> RecordBatch? {
        defer { first = nil }
        return try first ?? rest.next()
    }
}
