import CRows

/// The sum of each window of a fixed length.
struct MovingTotal {
    let length: Int
    private var spans: WindowSpans<Double>

    init(length: Int) {
        self.length = length
        spans = WindowSpans(length: length)
    }

    /// For each of `rows`, at the row's number; `values` is read from `length − 1` rows before.
    mutating func add(_ values: UnsafePointer<Double>, rows: Range<Int>) -> UnsafePointer<Double> {
        spans.run(Double.windowTotals, values, rows: rows)
    }

    /// The average of each window, likewise.
    mutating func average(_ values: UnsafePointer<Double>, rows: Range<Int>, into averages: UnsafeMutablePointer<Double>) {
        let first = rows.lowerBound
        spans.run(Double.windowTotals, values + first, rows.count, into: averages + first)
        rows_divide(averages + first, rows.count, Double(length))
    }
}
