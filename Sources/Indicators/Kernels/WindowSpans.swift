import CRows

/// Windows of a fixed length of one series, combined from spans of 1, 2, 4 … rows in a fixed order.
struct WindowSpans<Element: SeriesElement> {
    let length: Int
    private var memory = Scratch<Element>()
    private var results = Scratch<Element>()

    init(length: Int) { self.length = length }

    /// Runs a loop of `SeriesElement`: `values` is read from `length − 1` rows before.
    mutating func run(
        _ loop: Element.WindowLoop, _ values: UnsafePointer<Element>, _ count: Int, into results: UnsafeMutablePointer<Element>
    ) {
        memory.reserve(2 * rows_column_width(count, length))
        loop(values, count, length, memory.pointer, results)
    }

    /// As above, for each of `rows`, at the row's number.
    mutating func run(_ loop: Element.WindowLoop, _ values: UnsafePointer<Element>, rows: Range<Int>) -> UnsafePointer<Element> {
        let results = results.rows(rows)
        run(loop, values + rows.lowerBound, rows.count, into: results + rows.lowerBound)
        return UnsafePointer(results)
    }
}
