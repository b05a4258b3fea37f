import Columnar

extension ColumnStatistics {
    /// A longer text makes the footer longer than pruning by it is worth.
    private static let textLimit = 256

    /// Appends the fields of Parquet's `Statistics`; bounds only where both can be said.
    func writeParquet(to statistics: inout ThriftCompactWriter) {
        statistics.int64(3, nullCount)
        guard let minimum = minimum.flatMap({ Self.bound($0, zero: -0.0) }), minimum.count <= Self.textLimit,
            let maximum = maximum.flatMap({ Self.bound($0, zero: 0.0) }), maximum.count <= Self.textLimit
        else { return }
        statistics.binary(5, maximum)
        statistics.binary(6, minimum)
        if case .double = self.minimum { statistics.int64(9, 0) }  // a column with NaN has no bounds
    }

    /// The value in PLAIN encoding, a text without its length. The specification asks for `zero` in place of a zero of either sign:
    /// one compares equal to the other, and a reader may not know which of them the column holds.
    private static func bound(_ value: Value, zero: Double) -> [UInt8]? {
        switch value {
        case .null: nil
        case .bool(let flag): [flag ? 1 : 0]
        case .int(let number), .timestamp(let number): bytes(of: number)
        case .date(let days): bytes(of: days)
        case .double(let number): bytes(of: (number == 0 ? zero : number).bitPattern)
        case .string(let text): Array(text.utf8)
        }
    }

    private static func bytes(of number: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: number.littleEndian) { Array($0) } }
}
