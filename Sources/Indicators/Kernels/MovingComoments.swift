/// The sums of squared deviations and of products of deviations of two series, for each window of a fixed length.
///
/// Combined from spans as in `MovingMoments`, so that equal values deviate by exactly 0.
struct MovingComoments {
    let length: Int
    /// By level of spans, alternating between two, and of the windows: both means, both sums of squares, the sum of products.
    private var levels = [[Scratch<Double>]](repeating: [Scratch<Double>](repeating: Scratch(), count: 5), count: 3)

    init(length: Int) { self.length = length }

    /// `[1 − length ..< count]` of both series is read.
    mutating func evaluate(
        _ left: UnsafePointer<Double>, _ right: UnsafePointer<Double>, _ count: Int
    ) -> (squares: UnsafePointer<Double>, otherSquares: UnsafePointer<Double>, products: UnsafePointer<Double>) {
        let total = count + length - 1
        for level in levels.indices { for index in 0..<5 { levels[level][index].reserve(total) } }
        let rows = levels.map { $0.map(\.pointer) }
        let window = rows[2]
        rows[0][0].update(from: left - (length - 1), count: total)
        rows[0][1].update(from: right - (length - 1), count: total)
        for index in 2..<5 { rows[0][index].update(repeating: 0, count: total) }
        var covered = 0
        var span = 1
        var current = 0
        while true {
            if length & span != 0 {
                let spans = rows[current].map { UnsafePointer($0 + (length - 1 - covered)) }
                if covered == 0 {
                    for index in 0..<5 { window[index].update(from: spans[index], count: count) }
                } else {
                    combine(window.map { UnsafePointer($0) }, covered, with: spans, span, rows: 0..<count, into: window)
                }
                covered += span
            }
            guard span * 2 <= length else { break }
            let newer = rows[current].map { UnsafePointer($0) }
            combine(newer, span, with: newer.map { $0 - span }, span, rows: (span * 2 - 1)..<total, into: rows[1 - current])
            current = 1 - current
            span *= 2
        }
        return (UnsafePointer(window[2]), UnsafePointer(window[3]), UnsafePointer(window[4]))
    }

    /// Newer rows, `count` of them at each row, and the `olderCount` before those.
    private func combine(
        _ newer: [UnsafePointer<Double>], _ count: Int, with older: [UnsafePointer<Double>], _ olderCount: Int, rows: Range<Int>,
        into results: [UnsafeMutablePointer<Double>]
    ) {
        let share = Double(olderCount) / Double(count + olderCount)
        let factor = Double(count) * share
        let (mean, otherMean, olderMean, olderOtherMean) = (newer[0], newer[1], older[0], older[1])
        let (square, otherSquare, product) = (newer[2], newer[3], newer[4])
        let (olderSquare, olderOtherSquare, olderProduct) = (older[2], older[3], older[4])
        let (means, otherMeans, squares, otherSquares, products) = (results[0], results[1], results[2], results[3], results[4])
        for row in stride(from: rows.lowerBound, to: rows.upperBound, by: JointBlock.lanes) {
            let difference = (olderMean + row).lanes - (mean + row).lanes
            let otherDifference = (olderOtherMean + row).lanes - (otherMean + row).lanes
            (means + row).lanes = (mean + row).lanes + difference * share
            (otherMeans + row).lanes = (otherMean + row).lanes + otherDifference * share
            let scaled = difference * factor
            (squares + row).lanes = ((square + row).lanes + (olderSquare + row).lanes) + difference * scaled
            (products + row).lanes = ((product + row).lanes + (olderProduct + row).lanes) + otherDifference * scaled
            let otherScaled = otherDifference * otherDifference * factor
            (otherSquares + row).lanes = ((otherSquare + row).lanes + (olderOtherSquare + row).lanes) + otherScaled
        }
    }
}
