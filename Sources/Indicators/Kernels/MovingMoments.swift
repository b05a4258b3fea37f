/// The mean and the sum of squared deviations from it of each window of a fixed length, combined from spans of 1, 2, 4 … rows.
///
/// Each combination adds what the two parts' means differ by, so that equal values deviate by exactly 0 and nothing cancels.
/// Source: Chan, Golub, LeVeque, "Algorithms for computing the sample variance", 1983.
struct MovingMoments {
    let length: Int
    private var spans = [Scratch<Double>](repeating: Scratch(), count: 4)

    init(length: Int) { self.length = length }

    /// `values[1 − length ..< count]` is read.
    mutating func evaluate(
        _ values: UnsafePointer<Double>, _ count: Int, means: UnsafeMutablePointer<Double>, squares: UnsafeMutablePointer<Double>
    ) {
        let total = count + length - 1
        for index in spans.indices { spans[index].reserve(total) }
        var mean = values - (length - 1)
        var square: UnsafePointer<Double>?
        var covered = 0
        var span = 1
        while true {
            if length & span != 0 {
                let offset = length - 1 - covered
                take(mean + offset, square.map { $0 + offset }, span, covered, count, means, squares)
                covered += span
            }
            guard span * 2 <= length else { return }
            // Levels alternate between the two halves of the working memory.
            let half = spans[0].pointer == UnsafeMutablePointer(mutating: mean) ? 2 : 0
            double(mean, square, span, total, spans[half].pointer, spans[half + 1].pointer)
            mean = UnsafePointer(spans[half].pointer)
            square = UnsafePointer(spans[half + 1].pointer)
            span *= 2
        }
    }

    /// Spans twice as long; a span ends at the row it stands at.
    private func double(
        _ mean: UnsafePointer<Double>, _ square: UnsafePointer<Double>?, _ span: Int, _ total: Int,
        _ means: UnsafeMutablePointer<Double>, _ squares: UnsafeMutablePointer<Double>
    ) {
        let older = mean - span
        let half = Double(span) / 2
        guard let square else {
            for row in (span * 2 - 1)..<total {
                let difference = older[row] - mean[row]
                means[row] = mean[row] + difference * 0.5
                squares[row] = difference * difference * half
            }
            return
        }
        let olderSquare = square - span
        for row in (span * 2 - 1)..<total {
            let difference = older[row] - mean[row]
            means[row] = mean[row] + difference * 0.5
            squares[row] = (square[row] + olderSquare[row]) + difference * difference * half
        }
    }

    /// Adds a span of older rows to those of the window that are covered.
    private func take(
        _ mean: UnsafePointer<Double>, _ square: UnsafePointer<Double>?, _ span: Int, _ covered: Int, _ count: Int,
        _ means: UnsafeMutablePointer<Double>, _ squares: UnsafeMutablePointer<Double>
    ) {
        guard covered > 0 else {
            means.update(from: mean, count: count)
            if let square { squares.update(from: square, count: count) } else { squares.update(repeating: 0, count: count) }
            return
        }
        let share = Double(span) / Double(covered + span)
        let factor = Double(covered) * share
        // Only the span of one row, which comes first, has no squares.
        let square = square!
        for row in 0..<count {
            let difference = mean[row] - means[row]
            means[row] += difference * share
            squares[row] = (squares[row] + square[row]) + difference * difference * factor
        }
    }
}
