import Columnar

/// One column's rows as a data page of Parquet's first version: a header, the definition levels, then the values that are not null.
///
/// Source: Apache Parquet, "Data Pages" (README) and Encodings.md, "Plain" and "RLE / Bit-Packing Hybrid".
struct PlainPage {
    let bytes: [UInt8]

    /// `pieces` are of one type and hold `nullCount` nulls.
    init(_ pieces: [Column], nullCount: Int) {
        let rowCount = pieces.reduce(0) { $0 + $1.count }
        var content: [UInt8] = []
        content.reserveCapacity(rowCount * 9 + 16)
        Self.appendLevels(of: pieces, rowCount: rowCount, nullCount: nullCount, to: &content)
        Self.appendValues(of: pieces, to: &content)
        bytes = Self.header(rowCount: rowCount, byteCount: content.count) + content
    }

    private static func header(rowCount: Int, byteCount: Int) -> [UInt8] {
        ThriftCompactWriter.encode { header in
            header.int32(1, 0)  // DATA_PAGE
            header.int32(2, byteCount)
            header.int32(3, byteCount)
            header.structure(5) { page in
                page.int32(1, rowCount)
                page.int32(2, ParquetEncoding.plain)
                page.int32(3, ParquetEncoding.runLength)
                page.int32(4, ParquetEncoding.runLength)
            }
        }
    }

    /// One bit for each row, 1 where it has a value: a single run where all are alike, else packed.
    private static func appendLevels(of pieces: [Column], rowCount: Int, nullCount: Int, to content: inout [UInt8]) {
        var levels: [UInt8] = []
        if nullCount == 0 || nullCount == rowCount {
            levels.appendVariableLength(UInt64(rowCount) << 1)
            levels.append(nullCount == 0 ? 1 : 0)
        } else {
            let groups = packed(pieces) { column, row in !column.isNull(row) }
            levels.appendVariableLength(UInt64(groups.count) << 1 | 1)
            levels += groups
        }
        content.appendLittleEndian(UInt32(levels.count))
        content += levels
    }

    private static func appendValues(of pieces: [Column], to content: inout [UInt8]) {
        switch pieces.first?.type {
        case .bool: content += packedBools(pieces)
        case .string: for column in pieces { appendTexts(column, to: &content) }
        case .int, .double, .date, .timestamp: for column in pieces { appendNumbers(column, to: &content) }
        case nil: break
        }
    }

    private static func appendNumbers(_ column: Column, to content: inout [UInt8]) {
        let width = column.type.byteWidth!
        column.forEachValidRun { rows in
            let start = column.values.pointer + (column.offset + rows.lowerBound) * width
            content.append(contentsOf: UnsafeRawBufferPointer(start: start, count: rows.count * width))
        }
    }

    private static func appendTexts(_ column: Column, to content: inout [UInt8]) {
        column.forEachValidRun { rows in
            for row in rows {
                let text = column.bytes(row)
                content.appendLittleEndian(UInt32(text.count))
                content.append(contentsOf: text)
            }
        }
    }

    private static func packedBools(_ pieces: [Column]) -> [UInt8] {
        var flags = BitPacker()
        for column in pieces {
            column.forEachValidRun { rows in
                for row in rows { flags.append(column.bool(row)) }
            }
        }
        return flags.bytes
    }

    private static func packed(_ pieces: [Column], _ flag: (Column, Int) -> Bool) -> [UInt8] {
        var flags = BitPacker()
        for column in pieces {
            for row in 0..<column.count { flags.append(flag(column, row)) }
        }
        return flags.bytes
    }
}

/// Bits in order, the lowest of a byte first; the last byte is filled with zeros.
private struct BitPacker {
    private(set) var bytes: [UInt8] = []
    private var count = 0

    mutating func append(_ flag: Bool) {
        if count & 7 == 0 { bytes.append(0) }
        if flag { bytes[count >> 3] |= 1 << UInt8(count & 7) }
        count += 1
    }
}

extension Column {
    /// Calls `body` with every longest stretch of rows that are not null, in order.
    fileprivate func forEachValidRun(_ body: (Range<Int>) -> Void) {
        guard validity != nil else { return body(0..<count) }
        var start = 0
        while start < count {
            var end = start
            while end < count, !isNull(end) { end += 1 }
            if start < end { body(start..<end) }
            start = end + 1
        }
    }
}
