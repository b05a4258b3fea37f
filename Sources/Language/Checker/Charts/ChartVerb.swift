/// A verb that draws a chart of the rows before it; only `plot` has one, at its end.
package struct ChartVerb: Sendable {
    package let name: String
    /// The call as documentation shows it.
    package let form: String
    package let documentation: String

    package static let all: [ChartVerb] = [.line, .candlestick, .histogram, .scatter]
    package static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    static let line = ChartVerb(
        name: "line", form: "line(close, ma_7, x = date, color = symbol, title = \"…\")",
        documentation: "A line for each column and each value of `color` over `x`: without them, the key's time and its entity.")
    static let candlestick = ChartVerb(
        name: "candlestick",
        form: "candlestick(open = open, high = high, low = low, close = close, volume = volume, x = date, title = \"…\")",
        documentation:
            "Open, high, low and close over time, and the volume below where there is one; columns of these names need not be named."
    )
    static let histogram = ChartVerb(
        name: "histogram", form: "histogram(column, bins = 30, title = \"…\")",
        documentation: "How many rows have a value in each of `bins` equal steps from the least value to the largest.")
    static let scatter = ChartVerb(
        name: "scatter", form: "scatter(x, y, color = symbol, title = \"…\")",
        documentation: "A point for each row, in the colour of its value of `color`.")
}
