import Columnar

/// Compares rows of key columns: numbers and times by size, text by its UTF-8 bytes, nulls last.
enum KeyComparison {
    /// Below 0, 0 or above 0 as row `row` of `left` sorts before, with or after row `otherRow` of `right`.
    static func order(_ left: Column, _ row: Int, _ right: Column, _ otherRow: Int) -> Int {
        let isNull = left.isNull(row)
        let otherIsNull = right.isNull(otherRow)
        if isNull || otherIsNull { return (isNull ? 1 : 0) - (otherIsNull ? 1 : 0) }
        switch left.type {
        case .int, .timestamp: return order(left.ints[row], right.ints[otherRow])
        case .double: return order(left.doubles[row], right.doubles[otherRow])
        case .date: return order(left.elements(as: Int32.self)[row], right.elements(as: Int32.self)[otherRow])
        case .bool: return order(left.bool(row) ? 1 : 0, right.bool(otherRow) ? 1 : 0)
        case .string: return order(left.bytes(row), right.bytes(otherRow))
        }
    }

    /// As above for keys of several columns: the first that differs decides.
    static func order(_ left: [Column], _ row: Int, _ right: [Column], _ otherRow: Int) -> Int {
        for (column, other) in zip(left, right) {
            let result = order(column, row, other, otherRow)
            if result != 0 { return result }
        }
        return 0
    }

    /// Whether all rows of `range` hold the same value, found without comparing row by row; false when that can't be told so.
    static func isConstant(_ column: Column, _ range: Range<Int>) -> Bool {
        if range.count < 2 { return true }
        if column.validity != nil, column.slice(range).nullCount > 0 { return false }
        if let width = column.type.byteWidth {
            let start = UnsafeRawPointer(column.values.pointer + (column.offset + range.lowerBound) * width)
            return repeats(start, byteCount: range.count * width, period: width)
        }
        guard column.type == .string else { return false }
        let boundaries = UnsafePointer(column.offsets!.typed(as: Int32.self) + column.offset + range.lowerBound)
        let length = boundaries[1] - boundaries[0]
        var differs: Int32 = 0
        for row in 0..<range.count { differs |= (boundaries[row + 1] &- boundaries[row]) ^ length }
        guard differs == 0 else { return false }
        let start = UnsafeRawPointer(column.values.pointer + Int(boundaries[0]))
        return repeats(start, byteCount: range.count * Int(length), period: Int(length))
    }

    /// Whether each byte equals the one `period` bytes before it.
    private static func repeats(_ start: UnsafeRawPointer, byteCount: Int, period: Int) -> Bool {
        let later = start + period
        let count = byteCount - period
        var differs: UInt64 = 0
        var position = 0
        while position &+ 8 <= count {
            differs |=
                start.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                ^ later.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            position &+= 8
        }
        while position < count {
            differs |= UInt64(start.load(fromByteOffset: position, as: UInt8.self) ^ later.load(fromByteOffset: position, as: UInt8.self))
            position &+= 1
        }
        return differs == 0
    }

    private static func order<Number: Comparable>(_ left: Number, _ right: Number) -> Int { left < right ? -1 : left > right ? 1 : 0 }

    private static func order(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
        for (byte, other) in zip(left, right) where byte != other { return byte < other ? -1 : 1 }
        return order(left.count, right.count)
    }
}
