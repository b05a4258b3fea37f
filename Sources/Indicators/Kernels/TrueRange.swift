/// Wilder's true range: how far the price moved since the close before.
@inline(__always)
func trueRange(high: Double, low: Double, previousClose: Double) -> Double {
    let top = high > previousClose ? high : previousClose
    let bottom = low < previousClose ? low : previousClose
    return top - bottom
}

/// Wilder's average of the true range, as a part of a state.
struct AverageTrueRange: BitwiseCopyable {
    /// Rows seen, at most 1: the first has no close before it.
    var seen: Int64 = 0
    var previousClose = 0.0
    var average = SmoothedAverage()

    /// NaN for the first n rows.
    @inline(__always)
    mutating func next(high: Double, low: Double, close: Double, _ smoothing: Smoothing) -> Double {
        let range = trueRange(high: high, low: low, previousClose: previousClose)
        previousClose = close
        if seen == 0 {
            seen = 1
            return .nan
        }
        return average.next(range, smoothing)
    }
}
