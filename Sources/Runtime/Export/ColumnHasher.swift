import Columnar
import Crypto
import Foundation

/// SHA-256 over a column: which rows have a value, and the values' bytes in little-endian order, texts with their length before them.
struct ColumnHasher {
    private let type: DataType
    private var presence = SHA256()
    private var values = SHA256()
    private static let ones = [UInt8](repeating: 1, count: 4096)

    init(type: DataType) { self.type = type }

    mutating func update(_ column: Column) {
        guard let width = type.byteWidth, column.nullCount == 0 else { return updateOneByOne(column) }
        var rest = column.count
        while rest > 0 {
            presence.update(data: Self.ones.prefix(rest))
            rest -= min(rest, Self.ones.count)
        }
        withExtendedLifetime(column) {
            values.update(
                bufferPointer: UnsafeRawBufferPointer(start: column.values.pointer + column.offset * width, count: column.count * width))
        }
    }

    private mutating func updateOneByOne(_ column: Column) {
        var bytes: [UInt8] = []
        var present: [UInt8] = []
        for row in 0..<column.count {
            let isNull = column.isNull(row)
            present.append(isNull ? 0 : 1)
            if !isNull { Self.append(column, row, to: &bytes) }
        }
        presence.update(data: present)
        values.update(data: bytes)
    }

    func finish() -> String {
        let parts = Data(type.rawValue.utf8) + Data(presence.finalize()) + Data(values.finalize())
        return Hexadecimal.sha256(parts)
    }

    /// One row as bytes, for comparing rows.
    static func bytes(of batch: RecordBatch, _ row: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for column in batch.columns {
            let isNull = column.isNull(row)
            bytes.append(isNull ? 0 : 1)
            if !isNull { append(column, row, to: &bytes) }
        }
        return bytes
    }

    private static func append(_ column: Column, _ row: Int, to bytes: inout [UInt8]) {
        switch column.type {
        case .int, .timestamp, .double: withUnsafeBytes(of: column.ints[row].littleEndian) { bytes += $0 }
        case .date: withUnsafeBytes(of: column.elements(as: Int32.self)[row].littleEndian) { bytes += $0 }
        case .bool: bytes.append(column.bool(row) ? 1 : 0)
        case .string:
            let text = column.bytes(row)
            withUnsafeBytes(of: UInt32(text.count).littleEndian) { bytes += $0 }
            bytes += text
        }
    }
}
