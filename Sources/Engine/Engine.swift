package import Columnar

/// What runs relational work. Arrow batches are the only currency; SQL is in the engine's own dialect.
package protocol Engine: Sendable {
    /// Name and version, for logs and commit records: `DuckDB 2.0.0`.
    var name: String { get throws }

    /// Runs one statement and streams its rows in the statement's order, holding only a bounded part in memory.
    /// `inputs` are visible to the statement as tables of these names; each is read at most once.
    /// `followUp` runs when the last row has been read, before the stream says that it has ended.
    func query(_ sql: String, inputs: [String: any RecordBatchStream], followUp: FollowUp?) throws -> any RecordBatchStream

    /// Runs a statement for its effect.
    func execute(_ sql: String) throws

    /// The engine's own account of how it would run a query, as text.
    func explain(_ sql: String, inputs: [String: any RecordBatchStream]) throws -> String

    /// Writes batches to one new Parquet file and returns its size in bytes; the caller syncs it, as `PartitionedWriter` does, which
    /// costs less for many files at once. May be called from several threads.
    func writeParquet(_ batches: [RecordBatch], schema: Schema, to path: String) throws -> Int

    /// Ends every running statement; each throws `EngineFault.cancelled`. Callable from any thread.
    func cancel()
}

extension Engine {
    package func query(_ sql: String, inputs: [String: any RecordBatchStream]) throws -> any RecordBatchStream {
        try query(sql, inputs: inputs, followUp: nil)
    }
}

/// A question about a statement that has ended, asked where its traces still are.
package struct FollowUp {
    package let sql: String
    /// Run afterwards, to take the traces away.
    package let cleanUp: String
    package let receive: ([RecordBatch]) -> Void

    package init(sql: String, cleanUp: String, receive: @escaping ([RecordBatch]) -> Void) {
        self.sql = sql
        self.cleanUp = cleanUp
        self.receive = receive
    }
}

/// What an engine could not do.
package enum EngineFault: Error {
    /// The engine's library is not there or does not load.
    case unavailable(reason: String, remedy: String)
    /// A statement was refused or failed; `message` is the engine's own words.
    case statement(message: String)
    case cancelled
}
