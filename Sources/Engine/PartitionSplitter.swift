package import Columnar

/// Finds the runs of rows with equal partition values.
package struct PartitionSplitter {
    private let columns: [(index: Int, part: PartitionColumn.Part?)]

    package init(schema: Schema, partition: [PartitionColumn]) {
        columns = partition.map { (schema.index(of: $0.source)!, $0.part) }
    }

    /// Calls `body` with the partition values and the rows of each run, in order; a run may have the values of an earlier one.
    package func forEachRun(of batch: RecordBatch, _ body: ([Value], Range<Int>) throws -> Void) rethrows {
        let finders = columns.map { RunFinder(column: batch.columns[$0.index], part: $0.part) }
        var values = [Value](repeating: .null, count: columns.count)
        var ends = [Int](repeating: 0, count: columns.count)
        var start = 0
        while start < batch.count {
            var end = batch.count
            for index in finders.indices {
                if ends[index] == start { (values[index], ends[index]) = finders[index].run(from: start) }
                end = min(end, ends[index])
            }
            try body(values, start..<end)
            start = end
        }
    }
}

/// Finds where a column's partition value changes.
private struct RunFinder {
    let column: Column
    let part: PartitionColumn.Part?

    /// The partition value at `start` and the row where it ends.
    func run(from start: Int) -> (value: Value, end: Int) {
        let value = column[start]
        if value.isNull { return (.null, end(from: start) { column.isNull($0) }) }
        switch (value, part) {
        case (.date(let days), let part?): return calendarRun(CalendarDate(days: days), part, from: start)
        case (.timestamp(let moment), let part?): return calendarRun(CalendarTime(microseconds: moment).date, part, from: start)
        case (.string, _): return (value, stringEnd(from: start))
        case (.date(let days), nil): return (value, end(from: start, in: days...days))
        case (.int(let number), _), (.timestamp(let number), nil): return (value, end(from: start, in: number...number))
        default: return (value, end(from: start) { !column.isNull($0) && column[$0] == value })
        }
    }

    private func calendarRun(_ date: CalendarDate, _ part: PartitionColumn.Part, from start: Int) -> (value: Value, end: Int) {
        let days = date.days(sharing: part)
        let value = Value.int(Int64(date.number(of: part)))
        if column.type == .date { return (value, end(from: start, in: days)) }
        let perDay: Int64 = 86_400_000_000
        return (value, end(from: start, in: Int64(days.lowerBound) * perDay...Int64(days.upperBound) * perDay + perDay - 1))
    }

    /// The row after `start` that is null or lies outside `bounds`.
    private func end<Number: FixedWidthInteger>(from start: Int, in bounds: ClosedRange<Number>) -> Int {
        let numbers = column.elements(as: Number.self)
        if column.validity != nil { return end(from: start) { !column.isNull($0) && bounds.contains(numbers[$0]) } }
        return end(from: start) { bounds.contains(numbers[$0]) }
    }

    private func stringEnd(from start: Int) -> Int {
        let text = column.bytes(start)
        return end(from: start) { row in
            guard !column.isNull(row) else { return false }
            return column.bytes(row).elementsEqual(text)
        }
    }

    @inline(__always) private func end(from start: Int, while matches: (Int) -> Bool) -> Int {
        var row = start + 1
        while row < column.count, matches(row) { row += 1 }
        return row
    }
}

extension CalendarDate {
    package func number(of part: PartitionColumn.Part) -> Int {
        switch part {
        case .year: year
        case .month: month
        case .day: day
        }
    }

    /// The days around this one in which `part` and all larger parts stay the same.
    func days(sharing part: PartitionColumn.Part) -> ClosedRange<Int32> {
        switch part {
        case .year: days - Int32(dayOfYear)...days - Int32(dayOfYear) + (isLeapYear ? 365 : 364)
        case .month: days - Int32(day - 1)...days - Int32(day - 1) + Int32(daysInMonth - 1)
        case .day: days...days
        }
    }

    private var isLeapYear: Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
    private var daysInMonth: Int { [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] }

    /// Zero on the first of January.
    private var dayOfYear: Int {
        [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][month - 1] + (isLeapYear && month > 2 ? 1 : 0) + day - 1
    }
}
