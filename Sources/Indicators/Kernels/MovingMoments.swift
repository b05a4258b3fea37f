import CRows

/// The mean and the sum of squared deviations from it of each window of a fixed length; equal values deviate by exactly 0.
struct MovingMoments {
    let length: Int
    private var memory = Scratch<Double>()

    init(length: Int) { self.length = length }

    /// `values[1 − length ..< count]` is read.
    mutating func evaluate(
        _ values: UnsafePointer<Double>, _ count: Int, means: UnsafeMutablePointer<Double>, squares: UnsafeMutablePointer<Double>
    ) {
        memory.reserve(4 * rows_column_width(count, length))
        rows_moments(values, count, length, memory.pointer, means, squares)
    }
}
