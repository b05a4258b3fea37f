/// A column's values in Arrow layout: 64-bit ints and doubles, 32-bit dates, 64-bit timestamps, bits for bools, UTF-8 with 32-bit offsets.
///
/// Invariants:
/// 1. `offset` counts rows into every buffer, the bitmaps included, so a slice shares its parent's memory.
/// 2. Without `validity` no row is null; a null row's value bytes are undefined.
/// 3. `values` of a string column holds the bytes, `offsets` the `count + 1` boundaries.
package struct Column: Sendable {
    package let type: DataType
    package let count: Int
    package let offset: Int
    package let validity: Buffer?
    package let values: Buffer
    package let offsets: Buffer?

    package init(type: DataType, count: Int, offset: Int = 0, validity: Buffer?, values: Buffer, offsets: Buffer? = nil) {
        self.type = type
        self.count = count
        self.offset = offset
        self.validity = validity
        self.values = values
        self.offsets = offsets
    }

    package func isNull(_ row: Int) -> Bool {
        guard let validity else { return false }
        return !bit(validity, offset + row)
    }

    package var nullCount: Int {
        guard let validity else { return 0 }
        let bits = validity.typed(as: UInt8.self)
        var valid = 0
        var row = offset
        let end = offset + count
        while row < end, row & 7 != 0 {
            valid += Int(bits[row >> 3] >> UInt8(row & 7)) & 1
            row += 1
        }
        while row + 8 <= end {
            valid += bits[row >> 3].nonzeroBitCount
            row += 8
        }
        while row < end {
            valid += Int(bits[row >> 3] >> UInt8(row & 7)) & 1
            row += 1
        }
        return count - valid
    }

    /// The rows `range` of this column, sharing memory.
    package func slice(_ range: Range<Int>) -> Column {
        Column(type: type, count: range.count, offset: offset + range.lowerBound, validity: validity, values: values, offsets: offsets)
    }

    /// The row values of a fixed-width column; `Element` must be the layout's type. Valid only while someone holds the column.
    package func elements<Element>(as type: Element.Type) -> UnsafeBufferPointer<Element> {
        UnsafeBufferPointer(start: values.typed(as: Element.self) + offset, count: count)
    }

    package var doubles: UnsafeBufferPointer<Double> { elements(as: Double.self) }
    package var ints: UnsafeBufferPointer<Int64> { elements(as: Int64.self) }

    /// The UTF-8 bytes of one row of a string column.
    package func bytes(_ row: Int) -> UnsafeRawBufferPointer {
        let boundaries = offsets!.typed(as: Int32.self) + offset + row
        let start = Int(boundaries[0])
        return UnsafeRawBufferPointer(start: values.pointer + start, count: Int(boundaries[1]) - start)
    }

    package func bool(_ row: Int) -> Bool { bit(values, offset + row) }

    package subscript(row: Int) -> Value {
        if isNull(row) { return .null }
        switch type {
        case .int: return .int(elements(as: Int64.self)[row])
        case .double: return .double(elements(as: Double.self)[row])
        case .date: return .date(elements(as: Int32.self)[row])
        case .timestamp: return .timestamp(elements(as: Int64.self)[row])
        case .bool: return .bool(bool(row))
        case .string: return .string(String(decoding: bytes(row), as: UTF8.self))
        }
    }

    private func bit(_ buffer: Buffer, _ index: Int) -> Bool {
        buffer.typed(as: UInt8.self)[index >> 3] >> UInt8(index & 7) & 1 == 1
    }
}

extension DataType {
    /// Bytes of one value in a fixed-width layout; nil for bools (bits) and strings (variable).
    package var byteWidth: Int? {
        switch self {
        case .int, .double, .timestamp: 8
        case .date: 4
        case .bool, .string: nil
        }
    }
}
