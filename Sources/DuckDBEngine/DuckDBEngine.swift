package import Columnar
package import Engine
import Foundation
import Synchronization

/// DuckDB in this process, with nothing of its own on disk but what it spills.
package final class DuckDBEngine: Engine {
    package struct Settings: Sendable {
        /// Threads of DuckDB, the caller's included. Rows that keep their order are streamed by one thread in any case, and while
        /// another thread works for it the reader does not sleep but polls; so the parallelism is better sought in several statements.
        package var threads: Int
        /// DuckDB's own words: `1GiB`.
        package var memoryLimit: String
        /// Where DuckDB spills; nil for its default.
        package var temporaryFolder: String?

        /// How far a query may run ahead of the reader of its rows.
        package var streamingBuffer: String

        package init(
            threads: Int = 1, memoryLimit: String = "1GiB", temporaryFolder: String? = nil, streamingBuffer: String = "2MiB"
        ) {
            self.streamingBuffer = streamingBuffer
            self.threads = threads
            self.memoryLimit = memoryLimit
            self.temporaryFolder = temporaryFolder
        }
    }

    package let name: String
    private let pool: ConnectionPool
    private let running = RunningSessions()
    private let writers = Mutex<[ParquetWriter]>([])

    /// Opens an in-memory database. Throws `EngineFault`.
    package init(library: DuckDBLibrary, settings: Settings = Settings()) throws {
        name = "DuckDB " + (library.functions.libraryVersion().map { String(cString: $0) } ?? "").drop { $0 == "v" }
        pool = ConnectionPool(database: try DuckDBDatabase(library: library, settings: settings))
    }

    package func query(
        _ sql: String, inputs: [String: any RecordBatchStream], followUp: FollowUp?
    ) throws -> any RecordBatchStream {
        let session = try session(inputs: inputs)
        return try session.run { try DuckDBStream(session: session, result: $0.stream(sql), followUp: followUp) }
    }

    package func execute(_ sql: String) throws {
        let session = try session(inputs: [:])
        defer { session.close() }
        try session.run { try $0.execute(sql) }
    }

    package func explain(_ sql: String, inputs: [String: any RecordBatchStream]) throws -> String {
        let plan = try explanation("EXPLAIN \(sql)", inputs: inputs)
        guard inputs.isEmpty else { return plan }
        // What was read shows only once it has run; the rest of that account repeats the plan.
        let account = try explanation("EXPLAIN ANALYZE \(sql)", inputs: [:]).split(separator: "\n")
        let read = account.filter { $0.contains("Total Files Read") || $0.contains("Row Groups Scanned") }
        return ([plan] + read.map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "│ ")) }).joined(separator: "\n")
    }

    private func explanation(_ sql: String, inputs: [String: any RecordBatchStream]) throws -> String {
        let batches = try query(sql, inputs: inputs).collect()
        return batches.flatMap { batch in (0..<batch.count).map { batch.columns[1][$0].description } }.joined(separator: "\n")
    }

    package func writeParquet(_ batches: [RecordBatch], schema: Schema, to path: String) throws -> Int {
        let writer = try takeWriter(schema)
        let size = try writer.write(batches, to: path, running: running)
        writers.withLock { $0.append(writer) }
        return size
    }

    package func cancel() { running.cancelAll() }

    private func session(inputs: [String: any RecordBatchStream]) throws -> DuckDBSession {
        let connection = try pool.take()
        let tables = try InputTables(inputs, on: connection)
        return DuckDBSession(connection: connection, inputs: tables.streams, running: running) { [pool] in
            tables.drop()
            pool.give(connection)
        }
    }

    /// An idle writer of this schema; those of other schemas are let go, since a run writes one table at a time.
    private func takeWriter(_ schema: Schema) throws -> ParquetWriter {
        let idle = writers.withLock { writers in
            writers.removeAll { $0.schema != schema }
            return writers.popLast()
        }
        return try idle ?? ParquetWriter(schema: schema, connection: pool.take())
    }
}

extension DuckDBEngine.Settings {
    /// Extensions are off: what a notebook can read must not depend on what a machine could download.
    var options: [(name: String, value: String)] {
        var options = [
            ("threads", String(threads)), ("memory_limit", memoryLimit), ("preserve_insertion_order", "true"),
            ("autoinstall_known_extensions", "false"), ("autoload_known_extensions", "false"),
            // A table is read once or twice in a run; the system caches files as well.
            ("enable_external_file_cache", "false"),
        ]
        if let temporaryFolder { options.append(("temp_directory", temporaryFolder)) }
        return options
    }
}
