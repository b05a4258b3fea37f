import CArrow
import CDuckDB

/// The functions of DuckDB's C API in use, as https://duckdb.org/docs/stable/clients/c/api documents them.
struct DuckDBFunctions: Sendable {
    typealias Text = UnsafePointer<CChar>
    typealias Handle = OpaquePointer
    typealias Status = UInt32
    static let success: Status = 0

    let libraryVersion: @convention(c) () -> Text?
    let free: @convention(c) (UnsafeMutableRawPointer?) -> Void

    let createConfiguration: @convention(c) (UnsafeMutablePointer<Handle?>) -> Status
    let setConfiguration: @convention(c) (Handle?, Text, Text) -> Status
    let destroyConfiguration: @convention(c) (UnsafeMutablePointer<Handle?>) -> Void
    let open: @convention(c) (Text?, UnsafeMutablePointer<Handle?>, Handle?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Status
    let close: @convention(c) (UnsafeMutablePointer<Handle?>) -> Void

    let connect: @convention(c) (Handle?, UnsafeMutablePointer<Handle?>) -> Status
    let disconnect: @convention(c) (UnsafeMutablePointer<Handle?>) -> Void
    let interrupt: @convention(c) (Handle?) -> Void

    let query: @convention(c) (Handle?, Text, UnsafeMutablePointer<DuckDBResult>) -> Status
    let prepare: @convention(c) (Handle?, Text, UnsafeMutablePointer<Handle?>) -> Status
    let prepareError: @convention(c) (Handle?) -> Text?
    let destroyPrepared: @convention(c) (UnsafeMutablePointer<Handle?>) -> Void
    let executeStreaming: @convention(c) (Handle?, UnsafeMutablePointer<DuckDBResult>) -> Status

    let resultError: @convention(c) (UnsafeMutablePointer<DuckDBResult>) -> Text?
    let columnCount: @convention(c) (UnsafeMutablePointer<DuckDBResult>) -> UInt64
    let columnName: @convention(c) (UnsafeMutablePointer<DuckDBResult>, UInt64) -> Text?
    let columnType: @convention(c) (UnsafeMutablePointer<DuckDBResult>, UInt64) -> UInt32
    let columnLogicalType: @convention(c) (UnsafeMutablePointer<DuckDBResult>, UInt64) -> Handle?
    let destroyLogicalType: @convention(c) (UnsafeMutablePointer<Handle?>) -> Void
    let decimalScale: @convention(c) (Handle?) -> UInt8
    let decimalStorage: @convention(c) (Handle?) -> UInt32
    let fetchChunk: @convention(c) (DuckDBResult) -> Handle?
    let destroyResult: @convention(c) (UnsafeMutablePointer<DuckDBResult>) -> Void

    let chunkSize: @convention(c) (Handle?) -> UInt64
    let chunkVector: @convention(c) (Handle?, UInt64) -> Handle?
    let vectorData: @convention(c) (Handle?) -> UnsafeMutableRawPointer?
    let vectorValidity: @convention(c) (Handle?) -> UnsafeMutablePointer<UInt64>?
    let destroyChunk: @convention(c) (UnsafeMutablePointer<Handle?>) -> Void

    let arrowScan: @convention(c) (Handle?, Text, UnsafeMutablePointer<ArrowArrayStream>) -> Status

    init(handle: LibraryHandle) throws {
        func load<Function>(_ name: String) throws -> Function { try handle.function("duckdb_" + name, as: Function.self) }
        libraryVersion = try load("library_version")
        free = try load("free")
        createConfiguration = try load("create_config")
        setConfiguration = try load("set_config")
        destroyConfiguration = try load("destroy_config")
        open = try load("open_ext")
        close = try load("close")
        connect = try load("connect")
        disconnect = try load("disconnect")
        interrupt = try load("interrupt")
        query = try load("query")
        prepare = try load("prepare")
        prepareError = try load("prepare_error")
        destroyPrepared = try load("destroy_prepare")
        executeStreaming = try load("execute_prepared_streaming")
        resultError = try load("result_error")
        columnCount = try load("column_count")
        columnName = try load("column_name")
        columnType = try load("column_type")
        columnLogicalType = try load("column_logical_type")
        destroyLogicalType = try load("destroy_logical_type")
        decimalScale = try load("decimal_scale")
        decimalStorage = try load("decimal_internal_type")
        fetchChunk = try load("fetch_chunk")
        destroyResult = try load("destroy_result")
        chunkSize = try load("data_chunk_get_size")
        chunkVector = try load("data_chunk_get_vector")
        vectorData = try load("vector_get_data")
        vectorValidity = try load("vector_get_validity")
        destroyChunk = try load("destroy_data_chunk")
        arrowScan = try load("arrow_scan")
    }
}
