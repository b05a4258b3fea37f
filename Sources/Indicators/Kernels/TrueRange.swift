import CRows

/// Wilder's true range, how far the price moved since the close before, as a part of a state.
struct TrueRange: BitwiseCopyable {
    /// Rows seen, at most 1: the first has no close before it.
    private var seen: Int64 = 0
    private var previousClose = 0.0

    /// The range of each row, of which there is at least one; NaN for the first.
    mutating func follow(
        _ high: UnsafePointer<Double>, _ low: UnsafePointer<Double>, _ close: UnsafePointer<Double>, _ count: Int,
        into ranges: UnsafeMutablePointer<Double>
    ) {
        if seen == 0 {
            seen = 1
            ranges[0] = .nan
        } else {
            rows_true_ranges(high, low, &previousClose, 1, ranges)
        }
        rows_true_ranges(high + 1, low + 1, close, count - 1, ranges + 1)
        previousClose = close[count - 1]
    }
}

/// Wilder's average of the true range, as a part of a state.
struct AverageTrueRange: BitwiseCopyable {
    private var range = TrueRange()
    private var average = SmoothedAverage()

    /// The average at each row, NaN for the first n; `ranges` is memory for as many rows.
    mutating func follow(
        _ high: UnsafePointer<Double>, _ low: UnsafePointer<Double>, _ close: UnsafePointer<Double>, _ count: Int,
        _ smoothing: Smoothing, ranges: UnsafeMutablePointer<Double>, into averages: UnsafeMutablePointer<Double>
    ) {
        range.follow(high, low, close, count, into: ranges)
        average.follow(ranges, count, smoothing, into: averages)
    }
}
