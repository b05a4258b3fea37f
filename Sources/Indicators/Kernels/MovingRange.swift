/// The largest of one series and the smallest of another in each window of a fixed length.
struct MovingRange {
    let length: Int
    private var highs: WindowSpans<Double>
    private var lows: WindowSpans<Double>

    init(length: Int) {
        self.length = length
        highs = WindowSpans(length: length)
        lows = WindowSpans(length: length)
    }

    /// For `count` rows.
    mutating func find(
        _ high: UnsafePointer<Double>, _ low: UnsafePointer<Double>, _ count: Int, highest: UnsafeMutablePointer<Double>,
        lowest: UnsafeMutablePointer<Double>
    ) {
        highs.run(Double.windowMaxima, high, count, into: highest)
        lows.run(Double.windowMinima, low, count, into: lowest)
    }

    /// For each of `rows`, at the row's number; the series are read from `length − 1` rows before.
    mutating func find(
        _ high: UnsafePointer<Double>, _ low: UnsafePointer<Double>, rows: Range<Int>
    ) -> (highest: UnsafePointer<Double>, lowest: UnsafePointer<Double>) {
        (highs.run(Double.windowMaxima, high, rows: rows), lows.run(Double.windowMinima, low, rows: rows))
    }
}
