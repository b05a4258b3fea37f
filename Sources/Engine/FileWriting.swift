import Columnar
import Foundation
import Synchronization

/// Writes files below one directory on several threads, and keeps account of them.
final class FileWriting: Sendable {
    private let schema: Schema
    private let keys: [Int]
    private let directory: String
    private let engine: any Engine
    private let folder: @Sendable ([Value]) throws -> String
    private let smallFileRows: Int
    private let threads: WritingThreads
    private let unique = UUID().uuidString.lowercased()
    private let state = Mutex(State())

    private struct State {
        var begun: [String] = []
        var written: [Int: WrittenFile] = [:]
        var folders: Set<String> = []
    }

    init(
        schema: Schema, keys: [Int], directory: String, engine: any Engine, folder: @escaping @Sendable ([Value]) throws -> String,
        smallFileRows: Int, threads: WritingThreads
    ) {
        self.schema = schema
        self.keys = keys
        self.directory = directory
        self.engine = engine
        self.folder = folder
        self.smallFileRows = smallFileRows
        self.threads = threads
    }

    deinit { threads.drop() }

    /// Begins a file; waits while too much is being written. Throws an earlier file's fault.
    func write(_ content: FileContent) throws {
        try measuringFullDisk {
            let (ordinal, path) = try begin(content)
            try threads.submit(byteCount: content.byteCount) { [self] in
                Failpoint.beforeDataFile.reach()
                let file = try written(content, to: path)
                Failpoint.afterDataFile.reach()
                state.withLock { $0.written[ordinal] = file }
            }
        }
    }

    func finish() throws -> [WrittenFile] {
        try measuringFullDisk {
            try threads.finish()
            Failpoint.afterDataFiles.reach()
            let files = state.withLock { state in state.begun.indices.map { state.written[$0]! } }
            try DurableFiles.sync(files.map(\.path), below: directory)
            Failpoint.afterDataSync.reach()
            return files
        }
    }

    func abandon() {
        threads.drop()
        let (paths, folders) = state.withLock { ($0.begun, $0.folders) }
        for path in paths { unlink(absolute(path)) }
        for folder in folders { removeEmptyFolders(from: folder) }
    }

    private func begin(_ content: FileContent) throws -> (ordinal: Int, path: String) {
        let folder = try folder(content.partition)
        let (ordinal, path, isNewFolder) = state.withLock { state in
            let name = "part-\(unique)-\(state.begun.count).parquet"
            state.begun.append(folder.isEmpty ? name : folder + "/" + name)
            return (state.begun.count - 1, state.begun.last!, state.folders.insert(folder).inserted)
        }
        if isNewFolder { try FileManager.default.createDirectory(atPath: absolute(folder), withIntermediateDirectories: true) }
        return (ordinal, path)
    }

    private func written(_ content: FileContent, to path: String) throws -> WrittenFile {
        let statistics = schema.fields.indices.map { index in ColumnStatistics(of: content.batches.map { $0.columns[index] }) }
        let byteCount = try write(content, statistics, to: absolute(path))
        return WrittenFile(
            path: path, partition: content.partition, rowCount: content.rowCount, byteCount: byteCount,
            statistics: Dictionary(uniqueKeysWithValues: zip(schema.names, statistics)), sources: content.sources,
            isSorted: SortCheck(keys: keys).holds(content.batches), contentHash: try ContentHash.of(file: absolute(path)))
    }

    private func write(_ content: FileContent, _ statistics: [ColumnStatistics], to path: String) throws -> Int {
        if content.rowCount > smallFileRows {
            return try engine.writeParquet(content.batches, schema: schema, to: path)
        }
        return try SmallParquetFile(content.batches, schema: schema, statistics: statistics).write(to: path)
    }

    /// A fault that means a full disk says how much lies there, before `abandon` takes it away.
    private func measuringFullDisk<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch  where DiskFull.isCause(of: error) {
            let paths = state.withLock { $0.begun }
            throw DiskFull(writtenBytes: paths.reduce(0) { $0 + byteCount(of: absolute($1)) })
        }
    }

    private func byteCount(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    private func absolute(_ path: String) -> String { path.isEmpty ? directory : directory + "/" + path }

    /// A folder that holds a file of someone else stays, and so do those above it.
    private func removeEmptyFolders(from folder: String) {
        var folder = folder[...]
        while !folder.isEmpty, rmdir(absolute(String(folder))) == 0 {
            folder = folder.lastIndex(of: "/").map { folder[..<$0] } ?? ""
        }
    }
}
