import Columnar
import Engine
import Foundation
import Synchronization

/// A connection that writes Parquet files of one schema, one after another.
///
/// The rows reach DuckDB through one view that stands for as long as the writer: making and dropping a view costs more
/// than writing a small file.
final class ParquetWriter: Sendable {
    let schema: Schema
    private let connection: DuckDBConnection
    private let source: SwitchedStream
    private let export: ArrowStreamExport
    private let name: String
    private static let viewCount = Mutex(0)

    init(schema: Schema, connection: DuckDBConnection) throws {
        self.schema = schema
        self.connection = connection
        source = SwitchedStream(schema: schema)
        // A Delta timestamp is one of UTC, and its files must say so.
        export = ArrowStreamExport(source, timeZone: "UTC")
        name = Self.viewCount.withLock { number in
            number += 1
            return "parquet@\(number)"
        }
        try connection.registerView(name, over: export.pointer)
    }

    /// The view must not outlive the stream it shows.
    deinit { try? connection.execute("DROP VIEW IF EXISTS \"\(name)\"") }

    /// Runs alone; the file is not yet synced to disk.
    func write(_ batches: [RecordBatch], to path: String, running: RunningSessions) throws -> Int {
        source.set(batches)
        defer { source.set([]) }
        let session = DuckDBSession(connection: connection, inputs: [export], running: running) {}
        defer { session.close() }
        try session.run {
            try $0.execute("COPY \"\(name)\" TO '\(path.replacing("'", with: "''"))' (\(Self.options(for: batches)))")
        }
        return try size(of: path)
    }

    /// Encodings of Parquet's first version, which every reader knows. Dictionaries only pay for texts: prices and computed
    /// doubles write three times as fast without, and smaller. Each file has a new name, so a temporary one would protect nothing.
    private static func options(for batches: [RecordBatch]) -> String {
        let limit = hasVariedText(batches) ? 20_000 : 1
        return "FORMAT parquet, COMPRESSION snappy, DICTIONARY_SIZE_LIMIT \(limit), WRITE_BLOOM_FILTER false, USE_TMP_FILE false"
    }

    /// Whether a text column has more than one value, as its ends show.
    private static func hasVariedText(_ batches: [RecordBatch]) -> Bool {
        guard let first = batches.first, let last = batches.last else { return false }
        return first.schema.fields.indices.contains { column in
            first.schema.fields[column].type == .string && first.columns[column][0] != last.columns[column][last.count - 1]
        }
    }

    private func size(of path: String) throws -> Int {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw EngineFault.statement(message: "the file `\(path)` just written is gone: \(String(cString: strerror(errno)))")
        }
        return Int(status.st_size)
    }
}

/// A stream that can be filled again after its end.
private final class SwitchedStream: RecordBatchStream, @unchecked Sendable {
    let schema: Schema
    private var remaining: ArraySlice<RecordBatch> = []

    init(schema: Schema) { self.schema = schema }

    func set(_ batches: [RecordBatch]) { remaining = batches.filter { $0.count > 0 }[...] }
    func next() -> RecordBatch? { remaining.popFirst() }
}
