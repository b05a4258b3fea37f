/// Sorts groups of score keys: deals them into so many bins that few share one, then sorts each bin.
final class DistributionSort {
    private static let smallBin = 24

    private let buffer: UnsafeMutablePointer<UInt64>
    private let sorted: UnsafeMutablePointer<UInt64>
    private var starts: [Int32] = []

    /// For groups of up to `capacity` keys.
    init(capacity: Int) {
        buffer = .allocate(capacity: capacity)
        sorted = .allocate(capacity: capacity)
    }

    deinit {
        buffer.deallocate()
        sorted.deallocate()
    }

    /// The keys of `group` in rising order; they are there until the next call.
    func sortedKeys(of group: KeyGroup, in storage: KeyStorage) throws(LearningFault) -> UnsafeBufferPointer<UInt64> {
        let keys = try storage.keys(at: group.rowsBelow..<group.rowsBelow + group.rows, buffer: buffer)
        deal(keys, group.range)
        var start = 0
        for end in starts.lazy.map(Int.init) where start < end {
            sortBin(UnsafeMutableBufferPointer(start: sorted + start, count: end - start))
            start = end
        }
        return UnsafeBufferPointer(start: sorted, count: keys.count)
    }

    /// Puts the keys in order of bins; `starts` then holds where each bin ends.
    private func deal(_ keys: UnsafeBufferPointer<UInt64>, _ range: ClosedRange<UInt64>) {
        let width = range.upperBound - range.lowerBound
        let binBits = max(1, Int.bitWidth - keys.count.leadingZeroBitCount - 1)
        let shift = UInt64(max(0, UInt64.bitWidth - width.leadingZeroBitCount - binBits))
        starts = [Int32](repeating: 0, count: Int(width >> shift) + 1)
        starts.withUnsafeMutableBufferPointer { starts in
            for key in keys { starts[Int(truncatingIfNeeded: (key &- range.lowerBound) &>> shift)] &+= 1 }
            var start: Int32 = 0
            for bin in starts.indices { (starts[bin], start) = (start, start + starts[bin]) }
            for key in keys {
                let bin = Int(truncatingIfNeeded: (key &- range.lowerBound) &>> shift)
                sorted[Int(starts[bin])] = key
                starts[bin] &+= 1
            }
        }
    }

    @inline(__always)
    private func sortBin(_ bin: UnsafeMutableBufferPointer<UInt64>) {
        var bin = bin
        guard bin.count <= Self.smallBin else { return bin.sort() }
        for next in 1..<max(1, bin.count) {
            let key = bin[next]
            var place = next
            while place > 0, bin[place - 1] > key {
                bin[place] = bin[place - 1]
                place -= 1
            }
            bin[place] = key
        }
    }
}
