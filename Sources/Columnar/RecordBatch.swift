/// Rows of one schema, column by column.
package struct RecordBatch: Sendable {
    package let schema: Schema
    package let columns: [Column]
    package let count: Int

    /// `columns` in the schema's order, each of `count` rows.
    package init(schema: Schema, columns: [Column], count: Int) {
        precondition(columns.count == schema.fields.count && columns.allSatisfy { $0.count == count })
        self.schema = schema
        self.columns = columns
        self.count = count
    }

    package func slice(_ range: Range<Int>) -> RecordBatch {
        RecordBatch(schema: schema, columns: columns.map { $0.slice(range) }, count: range.count)
    }

    package func column(_ name: String) -> Column? { schema.index(of: name).map { columns[$0] } }
}

/// Batches of one schema, pulled one at a time.
///
/// A stream is pulled by one thread at a time; which thread may change between calls.
package protocol RecordBatchStream: AnyObject {
    var schema: Schema { get }
    /// The next batch, never empty; nil at the end.
    func next() throws -> RecordBatch?
}

/// A stream over batches already in memory.
package final class InMemoryStream: RecordBatchStream {
    package let schema: Schema
    private var remaining: ArraySlice<RecordBatch>

    package init(schema: Schema, batches: [RecordBatch]) {
        self.schema = schema
        remaining = batches.filter { $0.count > 0 }[...]
    }

    package func next() -> RecordBatch? { remaining.popFirst() }
}

extension RecordBatchStream {
    /// All remaining batches, in memory.
    package func collect() throws -> [RecordBatch] {
        var batches: [RecordBatch] = []
        while let batch = try next() { batches.append(batch) }
        return batches
    }
}
