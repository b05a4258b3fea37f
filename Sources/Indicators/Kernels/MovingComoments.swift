import CRows

/// The sums of squared deviations and of products of deviations of two series, for each window of a fixed length; equal values
/// deviate by exactly 0.
struct MovingComoments {
    let length: Int
    private var memory = Scratch<Double>()
    private var sums = [Scratch<Double>](repeating: Scratch(), count: 3)

    init(length: Int) { self.length = length }

    /// `[1 − length ..< count]` of both series is read.
    mutating func evaluate(
        _ left: UnsafePointer<Double>, _ right: UnsafePointer<Double>, _ count: Int
    ) -> (squares: UnsafePointer<Double>, otherSquares: UnsafePointer<Double>, products: UnsafePointer<Double>) {
        // So many rows at a time that all levels stay in the first-level cache.
        let piece = max(256, length)
        memory.reserve(12 * rows_column_width(piece, length))
        let (squares, others, products) = (sums[0].rows(0..<count), sums[1].rows(0..<count), sums[2].rows(0..<count))
        for start in stride(from: 0, to: count, by: piece) {
            rows_comoments(
                left + start, right + start, min(piece, count - start), length, memory.pointer, squares + start, others + start,
                products + start)
        }
        return (UnsafePointer(squares), UnsafePointer(others), UnsafePointer(products))
    }
}
