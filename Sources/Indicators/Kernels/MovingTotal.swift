/// The sum of each window of a fixed length.
struct MovingTotal {
    let length: Int
    private var sum: Doubling<Double>
    private var totals = Scratch<Double>()

    init(length: Int) {
        self.length = length
        sum = Doubling(length: length)
    }

    /// For each of `rows`, at the row's number; `values` is read from `length − 1` rows before.
    mutating func add(_ values: UnsafePointer<Double>, rows: Range<Int>) -> UnsafePointer<Double> {
        let totals = totals.rows(rows)
        sum.combineOnce(values + rows.lowerBound, rows.count, into: totals + rows.lowerBound) { $0 + $1 }
        return UnsafePointer(totals)
    }
}
