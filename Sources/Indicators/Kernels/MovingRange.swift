/// The largest of one series and the smallest of another in each window of a fixed length.
struct MovingRange {
    let length: Int
    private var highs: Doubling<Double>
    private var lows: Doubling<Double>
    private var highest = Scratch<Double>()
    private var lowest = Scratch<Double>()

    init(length: Int) {
        self.length = length
        highs = Doubling(length: length)
        lows = Doubling(length: length)
    }

    /// For each of `rows`, at the row's number; the series are read from `length − 1` rows before.
    mutating func find(
        _ high: UnsafePointer<Double>, _ low: UnsafePointer<Double>, rows: Range<Int>
    ) -> (highest: UnsafePointer<Double>, lowest: UnsafePointer<Double>) {
        let highest = highest.rows(rows)
        let lowest = lowest.rows(rows)
        highs.combineOverlapping(high + rows.lowerBound, rows.count, into: highest + rows.lowerBound) { $0 > $1 ? $0 : $1 }
        lows.combineOverlapping(low + rows.lowerBound, rows.count, into: lowest + rows.lowerBound) { $0 < $1 ? $0 : $1 }
        return (UnsafePointer(highest), UnsafePointer(lowest))
    }
}
