import CRows

/// How a recursive average weighs a new value, and how many values its seed is made of.
struct Smoothing {
    let length: Int64
    fileprivate let rows: rows_smoothing

    /// `divisor` is what the sum of the seed's values is divided by.
    init(length: Int, divisor: Int, weight: Double) {
        self.length = Int64(length)
        rows = rows_smoothing_of(length, Double(divisor), weight)
    }

    /// Of the exponential average: `2 / (n + 1)`, seeded with the simple average of n values.
    static func exponential(_ length: Int) -> Smoothing { Smoothing(length: length, divisor: length, weight: 2 / Double(length + 1)) }

    /// Wilder's: `1 / n`, seeded with the simple average of n values.
    static func wilder(_ length: Int) -> Smoothing { Smoothing(length: length, divisor: length, weight: 1 / Double(length)) }
}

/// A recursive average, as a part of a state.
struct SmoothedAverage: BitwiseCopyable {
    private var rows = rows_average()

    init() {}

    /// Passes over so many values before it begins.
    init(skipping count: Int64) { rows.seen = -Int(count) }

    /// Whether the next value is followed, not made part of the seed.
    func isSeeded(_ smoothing: Smoothing) -> Bool { rows.seen >= smoothing.length }

    /// The average at each value, NaN before the seed is complete; NaN before the first value is passed over.
    mutating func follow(
        _ values: UnsafePointer<Double>, _ count: Int, _ smoothing: Smoothing, into averages: UnsafeMutablePointer<Double>
    ) {
        withUnsafePointer(to: smoothing.rows) { rows_average_values(&rows, $0, values, count, averages) }
    }
}
