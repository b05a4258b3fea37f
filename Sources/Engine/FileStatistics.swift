#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
package import Columnar

extension ColumnStatistics {
    /// The exact bounds of one column's values, in the pieces it came in.
    package init(of columns: [Column]) {
        let nullCount = columns.reduce(0) { $0 + $1.nullCount }
        let bounds: (minimum: Value, maximum: Value)? =
            switch columns.first?.type {
            case .int: Self.bounds(columns, of: Int64.self).map { (.int($0), .int($1)) }
            case .timestamp: Self.bounds(columns, of: Int64.self).map { (.timestamp($0), .timestamp($1)) }
            case .date: Self.bounds(columns, of: Int32.self).map { (.date($0), .date($1)) }
            case .double: Self.doubleBounds(columns).map { (.double($0), .double($1)) }
            case .string: Self.stringBounds(columns).map { (.string($0), .string($1)) }
            case .bool: Self.boolBounds(columns).map { (.bool($0), .bool($1)) }
            case nil: nil
            }
        self.init(minimum: bounds?.minimum, maximum: bounds?.maximum, nullCount: nullCount)
    }

    private static func bounds<Number: FixedWidthInteger>(_ columns: [Column], of type: Number.Type) -> (Number, Number)? {
        var (low, high) = (Number.max, Number.min)
        for column in columns {
            let numbers = column.elements(as: Number.self)
            forEachValid(column) { row in
                low = min(low, numbers[row])
                high = max(high, numbers[row])
            }
        }
        return low <= high ? (low, high) : nil
    }

    private static func doubleBounds(_ columns: [Column]) -> (Double, Double)? {
        var (low, high) = (Double.infinity, -Double.infinity)
        var hasNaN = false
        for column in columns {
            let numbers = column.doubles
            forEachValid(column) { row in
                let number = numbers[row]
                low = number < low ? number : low
                high = number > high ? number : high
                hasNaN = hasNaN || number.isNaN
            }
        }
        return low <= high && !hasNaN ? (low, high) : nil
    }

    private static func stringBounds(_ columns: [Column]) -> (String, String)? {
        var bounds: (low: UnsafeRawBufferPointer, high: UnsafeRawBufferPointer)?
        for column in columns {
            forEachValid(column) { row in
                let bytes = column.bytes(row)
                guard let (low, high) = bounds else { return bounds = (bytes, bytes) }
                if bytes.precedes(low) { bounds = (bytes, high) } else if high.precedes(bytes) { bounds = (low, bytes) }
            }
        }
        return bounds.map { (String(decoding: $0.low, as: UTF8.self), String(decoding: $0.high, as: UTF8.self)) }
    }

    private static func boolBounds(_ columns: [Column]) -> (Bool, Bool)? {
        var seen = (no: false, yes: false)
        for column in columns {
            forEachValid(column) { row in
                if column.bool(row) { seen.yes = true } else { seen.no = true }
            }
        }
        return seen.no || seen.yes ? (!seen.no, seen.yes) : nil
    }

    @inline(__always) private static func forEachValid(_ column: Column, _ body: (Int) -> Void) {
        if column.validity == nil {
            for row in 0..<column.count { body(row) }
        } else {
            for row in 0..<column.count where !column.isNull(row) { body(row) }
        }
    }
}

extension UnsafeRawBufferPointer {
    /// Byte order, which for UTF-8 is the order of code points.
    func precedes(_ other: UnsafeRawBufferPointer) -> Bool { compare(other) < 0 }

    /// Negative, zero or positive, as `self` sorts before, with or after `other`.
    func compare(_ other: UnsafeRawBufferPointer) -> Int {
        let common = Swift.min(count, other.count)
        if common > 0 {
            let order = memcmp(baseAddress!, other.baseAddress!, common)
            if order != 0 { return Int(order) }
        }
        return count - other.count
    }
}
