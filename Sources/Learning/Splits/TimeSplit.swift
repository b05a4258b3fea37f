/// Finds the time that parts training rows from test rows, exactly and in bounded memory.
///
/// The cut is the smallest time in the rows such that at least `fraction` of them lie before it; so all rows of one time fall
/// on one side.
struct TimeSplit {
    private static let bucketBits = 16

    let spool: SampleSpool
    let threads: Int
    /// Only rows of earlier times count; nil for all.
    var limit: Int64?

    /// The cut; nil when no time has enough rows before it.
    func cut(fraction: Double) throws -> Int64? {
        guard let range = try timeRange() else { return nil }
        let wanted = rows(for: fraction, of: try rowCount())
        let last = try time(ofRank: wanted, in: range)
        return try earliest(after: last)
    }

    private func rowCount() throws -> Int {
        guard let limit else { return spool.rowCount }
        return try pass(memory: {}) { times, _ in times.count { $0 < limit } }.reduce(0, +)
    }

    /// The fewest rows that make up `fraction`, forgiving the rounding of the product.
    private func rows(for fraction: Double, of rowCount: Int) -> Int {
        let exact = fraction * Double(rowCount)
        let nearest = exact.rounded()
        let rows = abs(exact - nearest) <= 1e-12 * nearest ? nearest : exact.rounded(.up)
        return max(1, Int(rows))
    }

    /// The `rank`-th smallest time, counted from 1: each pass narrows the range that holds it by 16 bits.
    private func time(ofRank rank: Int, in range: ClosedRange<Int64>) throws -> Int64 {
        var (low, high) = (range.lowerBound, range.upperBound)
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

    /// Of the times that count; nil when there are none.
    private func timeRange() throws -> ClosedRange<Int64>? {
        let ranges = try pass(memory: {}) { times, _ -> ClosedRange<Int64>? in
            guard let limit else { return times.min()!...times.max()! }
            let counted = times.lazy.filter { $0 < limit }
            return counted.min().map { $0...counted.max()! }
        }.compactMap(\.self)
        guard let low = ranges.map(\.lowerBound).min(), let high = ranges.map(\.upperBound).max() else { return nil }
        return low...high
    }

    private func histogram(low: Int64, high: Int64, shift: Int) throws -> [Int] {
        let threadCounts = ThreadCounts(size: 1 << Self.bucketBits)
        let width = UInt64(bitPattern: high &- low)
        _ = try pass(memory: threadCounts.ofThread) { times, thread in
            for time in times {
                let distance = UInt64(bitPattern: time &- low)
                if distance <= width { thread.counts[Int(truncatingIfNeeded: distance &>> UInt64(shift))] &+= 1 }
            }
        }
        return threadCounts.totals()
    }

    private func earliest(after time: Int64) throws -> Int64? {
        let next = try pass(memory: {}) { times, _ in times.lazy.filter { $0 > time }.min() }.compactMap { $0 }.min()
        guard let next, let limit else { return next }
        return next < limit ? next : nil
    }

    private func pass<Memory, Result: Sendable>(
        memory: @Sendable () -> Memory, _ body: @Sendable (UnsafeBufferPointer<Int64>, Memory) -> Result
    ) throws -> [Result] {
        try spool.mapChunks(reading: 0..<1, threads: threads, memory: memory) { index, chunk, memory in
            body(UnsafeBufferPointer(start: chunk.times, count: spool.rowCount(ofChunk: index)), memory)
        }
    }
}
