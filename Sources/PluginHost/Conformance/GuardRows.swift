/// Rows around results that nothing may write to, filled with a pattern of bits that no computation gives.
struct GuardRows {
    private static let pattern: UInt64 = 0x7ff4_dead_beef_5afe

    private let rows: UnsafeMutablePointer<UInt64>
    private let places: [Int]

    /// `before` rows right before the results at `rows`, and those of `after`.
    init(_ rows: UnsafeMutablePointer<UInt64>, before: Int, after: Range<Int>) {
        self.rows = rows
        places = Array(-before..<0) + Array(after)
        for place in places { rows[place] = Self.pattern }
    }

    var areUntouched: Bool { places.allSatisfy { rows[$0] == Self.pattern } }
}
