/// The mean and the sum of squared deviations from it of each window of a fixed length, combined from spans of 1, 2, 4 … rows.
///
/// Each combination adds what the two parts' means differ by, so that equal values deviate by exactly 0 and nothing cancels.
/// Source: Chan, Golub, LeVeque, "Algorithms for computing the sample variance", 1983.
struct MovingMoments {
    let length: Int
    private var spans = [Scratch<Double>](repeating: Scratch(), count: 4)

    init(length: Int) { self.length = length }

    /// `values[1 − length ..< count]` is read. All three must lie in `Scratch` memory: up to `lanes − 1` rows more are touched.
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
        let rows = stride(from: span * 2 - 1, to: total, by: JointBlock.lanes)
        guard let square else {
            for row in rows {
                let difference = (older + row).lanes - (mean + row).lanes
                (means + row).lanes = (mean + row).lanes + difference * 0.5
                (squares + row).lanes = difference * difference * half
            }
            return
        }
        let olderSquare = square - span
        for row in rows {
            let difference = (older + row).lanes - (mean + row).lanes
            (means + row).lanes = (mean + row).lanes + difference * 0.5
            (squares + row).lanes = ((square + row).lanes + (olderSquare + row).lanes) + difference * difference * half
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
        for row in stride(from: 0, to: count, by: JointBlock.lanes) {
            let difference = (mean + row).lanes - (means + row).lanes
            (means + row).lanes += difference * share
            (squares + row).lanes = ((squares + row).lanes + (square + row).lanes) + difference * difference * factor
        }
    }
}
