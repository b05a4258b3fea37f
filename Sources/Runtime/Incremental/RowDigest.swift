import Columnar

/// 128 bits that stand for rows: equal for equal bits in every column, and for nothing else that will be met.
struct RowDigest: Hashable {
    private(set) var low: UInt64 = 0x9E37_79B9_7F4A_7C15
    private(set) var high: UInt64 = 0xD1B5_4A32_D192_ED03

    mutating func add(_ bits: UInt64) {
        low = Self.mixed(low ^ bits, 0xBF58_476D_1CE4_E5B9)
        high = Self.mixed(high &+ bits, 0x94D0_49BB_1331_11EB)
    }

    mutating func add(_ other: RowDigest) {
        add(other.low)
        add(other.high)
    }

    private static func mixed(_ word: UInt64, _ factor: UInt64) -> UInt64 {
        let product = (word ^ (word >> 31)).multipliedFullWidth(by: factor)
        return product.high ^ product.low ^ (word &<< 7)
    }

    /// The digest of every row of a batch.
    static func of(_ batch: RecordBatch) -> [RowDigest] {
        var digests = [RowDigest](repeating: RowDigest(), count: batch.count)
        for column in batch.columns { column.add(to: &digests) }
        return digests
    }
}

extension Column {
    fileprivate func add(to digests: inout [RowDigest]) {
        for row in 0..<count {
            guard !isNull(row) else {
                digests[row].add(.max)
                digests[row].add(1)
                continue
            }
            switch type {
            case .int, .timestamp, .double: digests[row].add(elements(as: UInt64.self)[row])
            case .date: digests[row].add(UInt64(bitPattern: Int64(elements(as: Int32.self)[row])))
            case .bool: digests[row].add(bool(row) ? 1 : 0)
            case .string: digests[row].add(bytes(row))
            }
        }
    }
}

extension RowDigest {
    fileprivate mutating func add(_ bytes: UnsafeRawBufferPointer) {
        add(UInt64(bytes.count))
        var rest = bytes[...]
        while rest.count >= 8 {
            add(UnsafeRawBufferPointer(rebasing: rest).loadUnaligned(as: UInt64.self))
            rest = rest.dropFirst(8)
        }
        var last: UInt64 = 0
        for (place, byte) in rest.enumerated() { last |= UInt64(byte) << UInt64(8 * place) }
        add(last)
    }
}
