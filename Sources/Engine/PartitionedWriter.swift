package import Columnar
import Foundation

/// Splits rows by partition and writes each partition's rows to Parquet files of their own, in arrival order.
///
/// Invariants:
/// 1. Rows of one partition keep their order, within a file and from file to file as `finish` lists them.
/// 2. At most about `Limits.bufferedBytes` wait for a file, and half as many again are being written.
/// 3. Every file is new; after `finish` all are on disk, after `abandon` none is.
///
/// One thread appends; the files are written on threads of the writer's own.
package final class PartitionedWriter {
    package struct Limits: Sendable {
        /// Bytes of rows that may wait, all partitions together.
        package var bufferedBytes = 256 << 20
        /// Rows after which a partition's next file begins.
        package var fileRows = 4_000_000
        /// Bytes in memory after which a partition's next file begins.
        package var fileBytes = 96 << 20
        /// Files of at most so many rows are written without the engine.
        package var smallFileRows = SmallParquetFile.rowLimit
        /// Files written at once.
        package var threads = 2

        package init() {}
    }

    private let schema: Schema
    private let limits: Limits
    private let isClustered: Bool
    private var splitter: PartitionSplitter
    private var partitions: [[Value]: PartitionBuffer] = [:]
    private var current: PartitionBuffer?
    private var bufferedBytes = 0
    private let files: FileWriting

    /// `folder` gives the hive-escaped folder of partition values, below `directory`. `keys` are the columns by which a file may be
    /// said to be sorted. `isClustered` says that rows of a partition arrive together: each is then written as soon as the next begins.
    package init(
        schema: Schema, partition: [PartitionColumn], keys: [String], directory: String, engine: any Engine, isClustered: Bool = false,
        limits: Limits = Limits(), folder: @escaping @Sendable ([Value]) throws -> String
    ) {
        self.schema = schema
        self.limits = limits
        self.isClustered = isClustered
        splitter = PartitionSplitter(schema: schema, partition: partition)
        files = FileWriting(
            schema: schema, keys: keys.map { schema.index(of: $0)! }, directory: directory, engine: engine, folder: folder,
            smallFileRows: limits.smallFileRows, threads: WritingThreads(count: limits.threads, byteLimit: limits.bufferedBytes / 2))
    }

    /// Adds rows of the writer's schema, all from `source`. Throws what a file before them could not be written for.
    package func append(_ batch: RecordBatch, source: String?) throws {
        precondition(batch.schema == schema)
        try splitter.forEachRun(of: batch) { values, rows in
            let partition = partition(of: values)
            if isClustered, let current, current !== partition { try write(current) }
            current = partition
            try append(batch, rows, to: partition, source: source)
        }
        while bufferedBytes > limits.bufferedBytes, let largest = partitions.values.max(by: { $0.byteCount < $1.byteCount }) {
            try write(largest)
        }
    }

    /// Writes what waits: the rows that follow begin new files.
    package func closeFiles() throws {
        for partition in partitions.values.sorted(by: { $0.ordinal < $1.ordinal }) { try write(partition) }
        partitions = [:]
        current = nil
    }

    /// Writes what waits and returns all files, synced to disk, in the order they were begun.
    package func finish() throws -> [WrittenFile] {
        try closeFiles()
        return try files.finish()
    }

    /// Drops what waits and deletes the files written so far.
    package func abandon() {
        partitions = [:]
        files.abandon()
    }

    private func partition(of values: [Value]) -> PartitionBuffer {
        if let current, current.values == values { return current }
        if let partition = partitions[values] { return partition }
        let partition = PartitionBuffer(schema: schema, values: values, ordinal: partitions.count)
        partitions[values] = partition
        return partition
    }

    private func append(_ batch: RecordBatch, _ rows: Range<Int>, to partition: PartitionBuffer, source: String?) throws {
        var rest = rows
        while !rest.isEmpty {
            let part = rest.prefix(limits.fileRows - partition.rowCount)
            let before = partition.byteCount
            partition.append(batch, part, source: source, mayShare: sharesMemory(part, of: batch))
            bufferedBytes += partition.byteCount - before
            rest = part.upperBound..<rest.upperBound
            if partition.rowCount >= limits.fileRows || partition.byteCount >= limits.fileBytes { try write(partition) }
        }
    }

    /// A slice keeps its whole batch in memory, so only rows that are most of it, or are written at once, may be one.
    private func sharesMemory(_ rows: Range<Int>, of batch: RecordBatch) -> Bool {
        rows.count >= 1024 && (isClustered || rows.count * 2 >= batch.count)
    }

    private func write(_ partition: PartitionBuffer) throws {
        bufferedBytes -= partition.byteCount
        if let content = partition.take() { try files.write(content) }
    }
}
