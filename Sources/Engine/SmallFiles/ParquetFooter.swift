import Columnar

/// What a Parquet file of one row group says at its end about itself: schema, place and statistics of each column.
///
/// Source: Apache Parquet, parquet.thrift (`FileMetaData` and what it holds).
struct ParquetFooter {
    /// The one page of a column in the file.
    struct Chunk {
        let field: Field
        let offset: Int
        let byteCount: Int
        let statistics: ColumnStatistics
    }

    /// Readers tell by it what a writer got wrong.
    private static let createdBy = "Tickbook version 0.1.0"

    let rowCount: Int
    let chunks: [Chunk]

    var bytes: [UInt8] {
        ThriftCompactWriter.encode { file in
            file.int32(1, 1)
            file.structures(2, [nil] + chunks.map(\.field), writeElement)
            file.int64(3, rowCount)
            file.structures(4, [chunks], writeRowGroup)
            file.binary(6, Self.createdBy.utf8)
            file.structures(7, chunks) { _, order in order.structure(1) { _ in } }  // TYPE_ORDER
        }
    }

    /// The schema is a tree in depth-first order; nil is its root.
    private func writeElement(_ field: Field?, to element: inout ThriftCompactWriter) {
        if let field { return ParquetType.write(field, to: &element) }
        element.binary(4, "schema".utf8)
        element.int32(5, chunks.count)
    }

    private func writeRowGroup(_ chunks: [Chunk], to group: inout ThriftCompactWriter) {
        let byteCount = chunks.reduce(0) { $0 + $1.byteCount }
        group.structures(1, chunks) { chunk, column in
            column.int64(2, 0)
            column.structure(3) { writeColumn(chunk, to: &$0) }
        }
        group.int64(2, byteCount)
        group.int64(3, rowCount)
        group.int64(5, chunks.first?.offset ?? 0)
        group.int64(6, byteCount)
    }

    private func writeColumn(_ chunk: Chunk, to column: inout ThriftCompactWriter) {
        column.int32(1, ParquetType(chunk.field.type).physical)
        column.int32s(2, [ParquetEncoding.plain, ParquetEncoding.runLength])
        column.binaries(3, [chunk.field.name.utf8])
        column.int32(4, 0)  // UNCOMPRESSED
        column.int64(5, rowCount)
        column.int64(6, chunk.byteCount)
        column.int64(7, chunk.byteCount)
        column.int64(9, chunk.offset)
        column.structure(12) { chunk.statistics.writeParquet(to: &$0) }
    }
}
