import Columnar

/// A Parquet file of few rows, made in memory: one row group, one page to a column, nothing compressed.
///
/// An engine takes over ten times as long for a file of one row, and an appended day is one such file for every symbol. Types are those
/// that engines write for the same schema, so readers see no difference.
///
/// Source: Apache Parquet, "File format" (README).
struct SmallParquetFile {
    /// With more rows, being twice the size of an engine's compressed file costs more than the millisecond saved is worth.
    static let rowLimit = 2048

    private static let magic = Array("PAR1".utf8)

    private let batches: [RecordBatch]
    private let schema: Schema
    private let statistics: [ColumnStatistics]

    /// `statistics` are those of the schema's columns over all batches.
    init(_ batches: [RecordBatch], schema: Schema, statistics: [ColumnStatistics]) {
        self.batches = batches
        self.schema = schema
        self.statistics = statistics
    }

    /// Writes the file, which must be new, and returns its size in bytes. Does not sync it.
    func write(to path: String) throws -> Int {
        let bytes = bytes
        try NewFile.create(path, bytes)
        return bytes.count
    }

    private var bytes: [UInt8] {
        var bytes = Self.magic
        var chunks: [ParquetFooter.Chunk] = []
        for (index, field) in schema.fields.enumerated() {
            let page = PlainPage(batches.map { $0.columns[index] }, nullCount: statistics[index].nullCount).bytes
            chunks.append(.init(field: field, offset: bytes.count, byteCount: page.count, statistics: statistics[index]))
            bytes += page
        }
        let footer = ParquetFooter(rowCount: batches.reduce(0) { $0 + $1.count }, chunks: chunks).bytes
        bytes += footer
        bytes.appendLittleEndian(UInt32(footer.count))
        return bytes + Self.magic
    }
}
