import CArrow
import CDuckDB
import Engine
import Foundation

/// An in-memory database of DuckDB.
final class DuckDBDatabase: @unchecked Sendable {
    let functions: DuckDBFunctions
    private let streamingBuffer: String
    private var handle: OpaquePointer?

    init(library: DuckDBLibrary, settings: DuckDBEngine.Settings) throws {
        functions = library.functions
        streamingBuffer = settings.streamingBuffer
        var configuration: OpaquePointer?
        _ = functions.createConfiguration(&configuration)
        defer { functions.destroyConfiguration(&configuration) }
        for (name, value) in settings.options where functions.setConfiguration(configuration, name, value) != DuckDBFunctions.success {
            throw EngineFault.statement(message: "DuckDB has no setting `\(name)` that takes the value `\(value)`")
        }
        var message: UnsafeMutablePointer<CChar>?
        guard functions.open(nil, &handle, configuration, &message) == DuckDBFunctions.success else {
            defer { functions.free(message) }
            throw EngineFault.statement(message: DuckDBMessage.text(UnsafePointer(message)))
        }
    }

    deinit { functions.close(&handle) }

    func connect() throws -> DuckDBConnection {
        var pointer: OpaquePointer?
        guard functions.connect(handle, &pointer) == DuckDBFunctions.success else {
            throw EngineFault.statement(message: "DuckDB refused a further connection")
        }
        let connection = DuckDBConnection(database: self, handle: pointer)
        try connection.execute("SET streaming_buffer_size = '\(streamingBuffer)'")
        return connection
    }
}

/// One connection; runs one statement at a time, and only `interrupt` may be called beside it.
final class DuckDBConnection: @unchecked Sendable {
    let functions: DuckDBFunctions
    private let database: DuckDBDatabase
    private var handle: OpaquePointer?

    init(database: DuckDBDatabase, handle: OpaquePointer?) {
        functions = database.functions
        self.database = database
        self.handle = handle
    }

    deinit { functions.disconnect(&handle) }

    func interrupt() { functions.interrupt(handle) }

    /// Runs statements for their effect.
    func execute(_ sql: String) throws {
        let result = DuckDBResultHandle(functions: functions)
        guard functions.query(handle, sql, &result.result) == DuckDBFunctions.success else { throw result.fault }
    }

    /// Starts one statement whose rows are computed as they are fetched.
    func stream(_ sql: String) throws -> DuckDBResultHandle {
        let result = DuckDBResultHandle(functions: functions)
        var statement: OpaquePointer?
        defer { functions.destroyPrepared(&statement) }
        guard functions.prepare(handle, sql, &statement) == DuckDBFunctions.success else {
            throw EngineFault.statement(message: DuckDBMessage.text(functions.prepareError(statement)))
        }
        guard functions.executeStreaming(statement, &result.result) == DuckDBFunctions.success else { throw result.fault }
        return result
    }

    /// Shows an Arrow stream as a view of this name to every connection; the stream must outlive the view's uses.
    func registerView(_ name: String, over stream: UnsafeMutablePointer<ArrowArrayStream>) throws {
        guard functions.arrowScan(handle, name, stream) == DuckDBFunctions.success else {
            throw EngineFault.statement(message: "DuckDB refused the input stream `\(name)`")
        }
    }
}

/// A statement's result.
final class DuckDBResultHandle: @unchecked Sendable {
    let functions: DuckDBFunctions
    var result = DuckDBResult()

    init(functions: DuckDBFunctions) { self.functions = functions }

    deinit { functions.destroyResult(&result) }

    /// The result's error.
    var fault: EngineFault { .statement(message: DuckDBMessage.text(functions.resultError(&result))) }

    /// The next rows; nil at the end. Throws the statement's error.
    func nextChunk() throws -> DuckDBChunk? {
        guard let handle = functions.fetchChunk(result) else {
            if let message = functions.resultError(&result), message.pointee != 0 { throw fault }
            return nil
        }
        return DuckDBChunk(functions: functions, handle: handle)
    }
}

/// At most 2,048 rows, as vectors.
final class DuckDBChunk {
    let count: Int
    private let functions: DuckDBFunctions
    private var handle: OpaquePointer?

    init(functions: DuckDBFunctions, handle: OpaquePointer) {
        self.functions = functions
        self.handle = handle
        count = Int(functions.chunkSize(handle))
    }

    deinit { functions.destroyChunk(&handle) }

    /// The values of a column, laid out by its type, and its validity bits; no bits where no row is null.
    func vector(_ column: Int) -> (data: UnsafeMutableRawPointer, validity: UnsafeMutablePointer<UInt64>?) {
        let vector = functions.chunkVector(handle, UInt64(column))
        return (functions.vectorData(vector)!, functions.vectorValidity(vector))
    }
}

/// DuckDB's messages, without the class name they begin with and the stack that may follow.
enum DuckDBMessage {
    static func text(_ pointer: UnsafePointer<CChar>?) -> String {
        guard let pointer else { return "DuckDB gave no reason" }
        var text = String(cString: pointer)
        if let colon = text.range(of: "Error: "), !text[..<colon.lowerBound].contains(where: { $0.isNewline || $0 == ":" }) {
            text = String(text[colon.upperBound...])
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
