/// A range of score keys cut into at most 16,384 equal buckets, and neighbouring buckets put together into groups.
struct KeyBuckets: Sendable {
    private static let bits = 14

    let whole: ClosedRange<UInt64>
    let count: Int
    private let shift: UInt64

    init(_ range: ClosedRange<UInt64>) {
        whole = range
        let width = range.upperBound - range.lowerBound
        // A bucket holds both labels of a score, so that ties stay together.
        shift = UInt64(max(1, 64 - width.leadingZeroBitCount - Self.bits))
        count = Int(width >> shift) + 1
    }

    /// `count` for a key in no bucket.
    @inline(__always)
    func index(of key: UInt64) -> Int { Int(truncatingIfNeeded: min((key &- whole.lowerBound) &>> shift, UInt64(count))) }

    func range(_ buckets: Range<Int>) -> ClosedRange<UInt64> {
        let start = whole.lowerBound + UInt64(buckets.lowerBound) << shift
        let end = whole.lowerBound + (UInt64(buckets.upperBound) << shift - 1)
        return start...min(end, whole.upperBound)
    }
}

/// Neighbouring buckets that are ranked together.
struct KeyGroup: Sendable {
    let buckets: Range<Int>
    let range: ClosedRange<UInt64>
    let positives: Int
    let negatives: Int
    /// Rows of all groups before it.
    let rowsBelow: Int
    let negativesBelow: Int

    var rows: Int { positives + negatives }
    var isOneScore: Bool { range.lowerBound >> 1 == range.upperBound >> 1 }

    /// Neighbours put together while they hold at most `limit` rows; a bucket with more is a group of its own.
    static func groups(of buckets: KeyBuckets, counts: [Int], limit: Int, negativesBelow: Int) -> [KeyGroup] {
        var groups: [KeyGroup] = []
        var (rowsBelow, negativesBelow) = (0, negativesBelow)
        var first = 0
        while first < buckets.count {
            var (end, positives, negatives) = (first, 0, 0)
            while end < buckets.count, end == first || positives + negatives + counts[2 * end] + counts[2 * end + 1] <= limit {
                negatives += counts[2 * end]
                positives += counts[2 * end + 1]
                end += 1
            }
            if positives + negatives > 0 {
                groups.append(
                    KeyGroup(
                        buckets: first..<end, range: buckets.range(first..<end), positives: positives, negatives: negatives,
                        rowsBelow: rowsBelow, negativesBelow: negativesBelow))
            }
            (rowsBelow, negativesBelow, first) = (rowsBelow + positives + negatives, negativesBelow + negatives, end)
        }
        return groups
    }
}
