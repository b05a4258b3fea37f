import Columnar

/// Which rows of several columns hold no null in any of them.
struct JointValidity {
    private var memory = Scratch<UInt8>()

    /// A byte per row of the range asked for last: 1, or 0 for a row with a null. Only written when `find` returned true.
    var flags: UnsafePointer<UInt8> { UnsafePointer(memory.pointer) }

    /// Whether a row of `range` has a null.
    mutating func find(_ columns: [Column], _ range: Range<Int>) -> Bool {
        let sparse = columns.filter { $0.validity != nil && $0.slice(range).nullCount > 0 }
        if sparse.isEmpty { return false }
        memory.reserve(range.count)
        let flags = memory.pointer
        flags.update(repeating: 1, count: range.count)
        for column in sparse {
            let first = column.offset + range.lowerBound
            withExtendedLifetime(column) {
                let bits = column.validity!.typed(as: UInt8.self)
                for row in 0..<range.count { flags[row] &= bits[(first &+ row) >> 3] >> UInt8(truncatingIfNeeded: (first &+ row) & 7) }
            }
        }
        return true
    }
}
