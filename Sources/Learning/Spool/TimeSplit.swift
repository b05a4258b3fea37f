import Foundation

/// Finds the time that parts training rows from test rows, exactly and in bounded memory.
///
/// The cut is the smallest time in the rows such that at least `fraction` of them lie before it; so all rows of one time fall
/// on one side.
struct TimeSplit {
    private static let bucketBits = 16

    let spool: SampleSpool
    let threads: Int

    /// The cut; nil when no time has enough rows before it.
    func cut(fraction: Double) throws -> Int64? {
        let wanted = rows(for: fraction)
        let last = try time(ofRank: wanted)
        return try earliest(after: last)
    }

    /// The fewest rows that make up `fraction`, forgiving the rounding of the product.
    private func rows(for fraction: Double) -> Int {
        let exact = fraction * Double(spool.rowCount)
        let nearest = exact.rounded()
        let rows = abs(exact - nearest) <= 1e-12 * nearest ? nearest : exact.rounded(.up)
        return max(1, Int(rows))
    }

    /// The `rank`-th smallest time, counted from 1: each pass narrows the range that holds it by 16 bits.
    private func time(ofRank rank: Int) throws -> Int64 {
        var (low, high) = try timeRange()
        var below = 0
        while low < high {
            let width = UInt64(bitPattern: high &- low)
            let shift = max(0, 64 - width.leadingZeroBitCount - Self.bucketBits)
            let counts = try histogram(low: low, high: high, shift: shift)
            var bucket = 0
            while below + counts[bucket] < rank {
                below += counts[bucket]
                bucket += 1
            }
            let start = low &+ Int64(bitPattern: UInt64(bucket) << UInt64(shift))
            let span = Int64(bitPattern: (UInt64(1) << UInt64(shift)) - 1)
            let isLast = UInt64(bitPattern: high &- start) <= UInt64(bitPattern: span)
            (low, high) = (start, isLast ? high : start &+ span)
        }
        return low
    }

    private func timeRange() throws -> (Int64, Int64) {
        let ranges = try pass { times in (times.min()!, times.max()!) }
        return (ranges.map(\.0).min()!, ranges.map(\.1).max()!)
    }

    private func histogram(low: Int64, high: Int64, shift: Int) throws -> [Int] {
        let total = Totals(count: 1 << Self.bucketBits)
        _ = try pass { times in
            var counts = [UInt32](repeating: 0, count: 1 << Self.bucketBits)
            for time in times where time >= low && time <= high {
                counts[Int(truncatingIfNeeded: UInt64(bitPattern: time &- low) >> UInt64(shift))] += 1
            }
            total.add(counts)
        }
        return total.counts
    }

    private func earliest(after time: Int64) throws -> Int64? {
        try pass { times in times.lazy.filter { $0 > time }.min() }.compactMap { $0 }.min()
    }

    private func pass<Result: Sendable>(_ body: @Sendable (UnsafeBufferPointer<Int64>) -> Result) throws -> [Result] {
        try spool.mapChunks(threads: threads) { index, chunk in
            try spool.read(0..<1, ofChunk: index, into: chunk)
            return body(UnsafeBufferPointer(start: chunk.times, count: spool.rowCount(ofChunk: index)))
        }
    }
}

/// Counts added up by several threads; whole numbers, so the order does not matter.
final class Totals: @unchecked Sendable {
    private(set) var counts: [Int]
    private let lock = NSLock()

    init(count: Int) { counts = Array(repeating: 0, count: count) }

    func add(_ more: [UInt32]) {
        lock.lock()
        defer { lock.unlock() }
        for index in more.indices where more[index] != 0 { counts[index] += Int(more[index]) }
    }
}
