/// The sums of squared deviations and of products of deviations of two series, for each window of a fixed length.
///
/// Combined from spans as in `MovingMoments`, so that equal values deviate by exactly 0.
struct MovingComoments {
    let length: Int
    /// Alternating between two, the levels of spans; then the windows.
    private var levels = [Comoments](repeating: Comoments(), count: 3)

    init(length: Int) { self.length = length }

    /// `[1 − length ..< count]` of both series is read. Both must lie in `Scratch` memory: up to `lanes − 1` rows more are touched.
    mutating func evaluate(
        _ left: UnsafePointer<Double>, _ right: UnsafePointer<Double>, _ count: Int
    ) -> (squares: UnsafePointer<Double>, otherSquares: UnsafePointer<Double>, products: UnsafePointer<Double>) {
        // So many rows at a time that all levels stay in the first-level cache.
        let piece = max(256, length)
        levels[0].reserve(piece + length)
        levels[1].reserve(piece + length)
        levels[2].reserve(count)
        for start in stride(from: 0, to: count, by: piece) {
            evaluate(left + start, right + start, min(piece, count - start), into: levels[2].rows(from: start))
        }
        let windows = levels[2].rows(from: 0)
        return (UnsafePointer(windows.squares), UnsafePointer(windows.otherSquares), UnsafePointer(windows.products))
    }

    private func evaluate(_ left: UnsafePointer<Double>, _ right: UnsafePointer<Double>, _ count: Int, into windows: ComomentRows) {
        let total = count + length - 1
        let oldest = 1 - length
        var spans = levels[0].rows(from: 0)
        var others = levels[1].rows(from: 0)
        var covered = length & 1
        if covered == 1 { windows.set(left, right, count) }
        var span = 2
        while span <= length {
            if span == 2 {
                spans.pair(left + oldest, right + oldest, rows: 1..<total)
            } else {
                others.combine(spans, span / 2, with: spans.before(span / 2), span / 2, rows: (span - 1)..<total)
                swap(&spans, &others)
            }
            if length & span != 0 {
                let older = spans.before(covered - (length - 1))
                if covered == 0 {
                    windows.set(older, count)
                } else {
                    windows.combine(windows, covered, with: older, span, rows: 0..<count)
                }
                covered += span
            }
            span *= 2
        }
    }
}

/// Memory for `ComomentRows`.
private struct Comoments {
    private var memory = [Scratch<Double>](repeating: Scratch(), count: 5)

    mutating func reserve(_ rows: Int) { for index in memory.indices { memory[index].reserve(rows) } }

    func rows(from start: Int) -> ComomentRows {
        ComomentRows(
            means: memory[0].pointer + start, otherMeans: memory[1].pointer + start, squares: memory[2].pointer + start,
            otherSquares: memory[3].pointer + start, products: memory[4].pointer + start)
    }
}

/// By row, of a span of rows that ends there: both means, both sums of squared deviations, the sum of products of deviations.
private struct ComomentRows {
    let means, otherMeans, squares, otherSquares, products: UnsafeMutablePointer<Double>

    /// So many rows earlier at the same row numbers.
    func before(_ rows: Int) -> ComomentRows {
        ComomentRows(
            means: means - rows, otherMeans: otherMeans - rows, squares: squares - rows, otherSquares: otherSquares - rows,
            products: products - rows)
    }

    /// Spans of one row.
    func set(_ left: UnsafePointer<Double>, _ right: UnsafePointer<Double>, _ count: Int) {
        means.update(from: left, count: count)
        otherMeans.update(from: right, count: count)
        for sums in [squares, otherSquares, products] { sums.update(repeating: 0, count: count) }
    }

    func set(_ rows: ComomentRows, _ count: Int) {
        means.update(from: rows.means, count: count)
        otherMeans.update(from: rows.otherMeans, count: count)
        squares.update(from: rows.squares, count: count)
        otherSquares.update(from: rows.otherSquares, count: count)
        products.update(from: rows.products, count: count)
    }

    /// Spans of two rows.
    func pair(_ left: UnsafePointer<Double>, _ right: UnsafePointer<Double>, rows: Range<Int>) {
        for row in stride(from: rows.lowerBound, to: rows.upperBound, by: JointBlock.lanes) {
            let (value, other) = ((left + row).lanes, (right + row).lanes)
            let difference = (left + row - 1).lanes - value
            let otherDifference = (right + row - 1).lanes - other
            (means + row).lanes = value + difference * 0.5
            (otherMeans + row).lanes = other + otherDifference * 0.5
            let scaled = difference * 0.5
            (squares + row).lanes = difference * scaled
            (products + row).lanes = otherDifference * scaled
            (otherSquares + row).lanes = otherDifference * otherDifference * 0.5
        }
    }

    /// Newer rows, `count` of them at each row, and the `olderCount` before those. `newer` may be these very rows.
    func combine(_ newer: ComomentRows, _ count: Int, with older: ComomentRows, _ olderCount: Int, rows: Range<Int>) {
        let share = Double(olderCount) / Double(count + olderCount)
        let factor = Double(count) * share
        for row in stride(from: rows.lowerBound, to: rows.upperBound, by: JointBlock.lanes) {
            let (mean, otherMean) = ((newer.means + row).lanes, (newer.otherMeans + row).lanes)
            let difference = (older.means + row).lanes - mean
            let otherDifference = (older.otherMeans + row).lanes - otherMean
            (means + row).lanes = mean + difference * share
            (otherMeans + row).lanes = otherMean + otherDifference * share
            let scaled = difference * factor
            (squares + row).lanes = ((newer.squares + row).lanes + (older.squares + row).lanes) + difference * scaled
            (products + row).lanes = ((newer.products + row).lanes + (older.products + row).lanes) + otherDifference * scaled
            let otherScaled = otherDifference * otherDifference * factor
            (otherSquares + row).lanes = ((newer.otherSquares + row).lanes + (older.otherSquares + row).lanes) + otherScaled
        }
    }
}
