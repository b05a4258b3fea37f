import Charts
import Columnar
import Language

/// Bins of a column, in two passes over its rows: one for the range, one to count.
struct HistogramMaking {
    let field: Field
    let bins: Int

    func chart(_ rows: () throws -> any RecordBatchStream) throws -> Chart {
        var range: (low: Double, high: Double)?
        var nulls = 0
        try forEach(rows()) { number in
            guard let number else { return nulls += 1 }
            range = (min(range?.low ?? number, number), max(range?.high ?? number, number))
        }
        var made = range.map { empty(from: $0.low, to: $0.high) } ?? []
        try forEach(rows()) { number in if let number { made.count(number) } }
        let note = nulls > 0 ? "\(counted(nulls, "null")) left out" : nil
        return Chart(note: note, x: ChartAxis(field.name), y: ChartAxis("rows"), marks: .bars(made))
    }

    private func forEach(_ rows: any RecordBatchStream, _ body: (Double?) -> Void) throws {
        while let batch = try rows.next() {
            let numbers = ChartColumns([field], batch)
            for row in 0..<batch.count { body(numbers.number(0, row)) }
        }
    }

    /// Equal steps; whole numbers of a small range get one bin each, around the number.
    private func empty(from low: Double, to high: Double) -> [HistogramBin] {
        if field.type == .int, high - low < Double(bins), abs(low) < 1e15 {
            return steps(from: low - 0.5, to: high + 0.5, Int(high - low) + 1)
        }
        guard low == high else { return steps(from: low, to: high, bins) }
        let margin = max(0.5, abs(low) / 1024)
        let largest = Double.greatestFiniteMagnitude
        return steps(from: max(-largest, low - margin), to: min(largest, high + margin), 1)
    }

    private func steps(from low: Double, to high: Double, _ count: Int) -> [HistogramBin] {
        let edge = { (index: Int) in
            let share = Double(index) / Double(count)
            return index == count ? high : low * (1 - share) + high * share
        }
        return (0..<count).map { HistogramBin(lower: edge($0), upper: edge($0 + 1), count: 0) }
    }
}

extension [HistogramBin] {
    /// Adds a number of the bins' range.
    fileprivate mutating func count(_ number: Double) {
        let (low, high) = (self[0].lower, self[count - 1].upper)
        var index = Swift.min(count - 1, Swift.max(0, Int((number / 2 - low / 2) / (high / 2 - low / 2) * Double(count))))
        // The guess may be off by one where edges were rounded.
        while index > 0, number < self[index].lower { index -= 1 }
        while index + 1 < count, number >= self[index].upper { index += 1 }
        self[index].count += 1
    }
}
