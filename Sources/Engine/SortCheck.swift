import Columnar

/// Tells whether rows ascend by key columns; NaN sorts after numbers and null last, as in the engines' `ORDER BY`.
struct SortCheck {
    /// Indices of the key columns, the first the most significant.
    let keys: [Int]

    func holds(_ batches: [RecordBatch]) -> Bool {
        guard !keys.isEmpty else { return false }
        for batch in batches where !isSorted(batch, 0..<batch.count, by: keys[...]) { return false }
        return zip(batches, batches.dropFirst()).allSatisfy(meets)
    }

    /// Whether the rows ascend by `keys`: by the first key, and within each of its values by the others.
    private func isSorted(_ batch: RecordBatch, _ rows: Range<Int>, by keys: ArraySlice<Int>) -> Bool {
        guard let key = keys.first, rows.count > 1 else { return true }
        let column = batch.columns[key]
        var start = rows.lowerBound
        let others = keys.dropFirst()
        return ascends(column, rows) { end in
            defer { start = end }
            return others.isEmpty || isSorted(batch, start..<end, by: others)
        }
    }

    /// Whether `column` ascends over `rows`; asks `closeRun` at the end of each run of equal values.
    private func ascends(_ column: Column, _ rows: Range<Int>, _ closeRun: (Int) -> Bool) -> Bool {
        if column.validity != nil { return ascends(rows, closeRun) { compare(column, $0, column, $1) } }
        switch column.type {
        case .int, .timestamp:
            let numbers = column.ints
            return ascends(rows, closeRun) { numbers[$0] < numbers[$1] ? -1 : numbers[$0] > numbers[$1] ? 1 : 0 }
        case .date:
            let days = column.elements(as: Int32.self)
            return ascends(rows, closeRun) { days[$0] < days[$1] ? -1 : days[$0] > days[$1] ? 1 : 0 }
        case .string: return ascends(rows, closeRun) { column.bytes($0).compare(column.bytes($1)) }
        case .double, .bool: return ascends(rows, closeRun) { compare(column, $0, column, $1) }
        }
    }

    @inline(__always) private func ascends(
        _ rows: Range<Int>, _ closeRun: (Int) -> Bool, by order: (Int, Int) -> Int
    ) -> Bool {
        for row in rows.dropFirst() {
            let change = order(row - 1, row)
            if change > 0 { return false }
            if change < 0, !closeRun(row) { return false }
        }
        return closeRun(rows.upperBound)
    }

    /// Whether the second batch's first row may follow the first batch's last.
    private func meets(_ first: RecordBatch, _ second: RecordBatch) -> Bool {
        for key in keys {
            let order = compare(first.columns[key], first.count - 1, second.columns[key], 0)
            if order != 0 { return order < 0 }
        }
        return true
    }

    private func compare(_ left: Column, _ leftRow: Int, _ right: Column, _ rightRow: Int) -> Int {
        switch (left[leftRow], right[rightRow]) {
        case (.null, .null): 0
        case (.null, _): 1
        case (_, .null): -1
        case (.int(let left), .int(let right)), (.timestamp(let left), .timestamp(let right)): left < right ? -1 : left > right ? 1 : 0
        case (.date(let left), .date(let right)): left < right ? -1 : left > right ? 1 : 0
        case (.bool(let left), .bool(let right)): (left ? 1 : 0) - (right ? 1 : 0)
        case (.double(let left), .double(let right)): compare(left, right)
        default: left.bytes(leftRow).compare(right.bytes(rightRow))
        }
    }

    private func compare(_ left: Double, _ right: Double) -> Int {
        if left.isNaN || right.isNaN { return (left.isNaN ? 1 : 0) - (right.isNaN ? 1 : 0) }
        return left < right ? -1 : left > right ? 1 : 0
    }
}
