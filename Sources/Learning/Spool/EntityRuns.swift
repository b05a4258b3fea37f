/// Which rows of a spool are of which entity: rows of one stand together.
struct EntityRuns: Sendable {
    private(set) var names: [String] = []
    private var starts: [Int] = []

    /// Rows from `row` on are of `name`; earlier ones stay with whom they are of.
    mutating func begin(_ name: String, at row: Int) {
        if starts.last == row {
            starts.removeLast()
            names.removeLast()
        }
        starts.append(row)
        names.append(name)
    }

    /// The runs that meet `rows`, cut to them; none where entities were never named.
    func runs(in rows: Range<Int>) -> [(entity: Int, rows: Range<Int>)] {
        guard !starts.isEmpty, !rows.isEmpty else { return [] }
        var entity = firstEntity(at: rows.lowerBound)
        var runs: [(entity: Int, rows: Range<Int>)] = []
        while entity < starts.count, starts[entity] < rows.upperBound {
            let end = entity + 1 < starts.count ? starts[entity + 1] : Int.max
            runs.append((entity, max(starts[entity], rows.lowerBound)..<min(end, rows.upperBound)))
            entity += 1
        }
        return runs
    }

    /// The run that holds `row`, by halving.
    private func firstEntity(at row: Int) -> Int {
        var (low, high) = (0, starts.count)
        while low + 1 < high {
            let middle = (low + high) / 2
            if starts[middle] <= row { low = middle } else { high = middle }
        }
        return low
    }
}
