import CRows
import Columnar
import Language

extension BuiltinIndicators {
    static let movingAverage = SeriesDefinition(
        function: SeriesFunction(
            name: "sma",
            documentation: """
                The simple moving average of the last n rows.
                Formula: (x[t] + … + x[t − n + 1]) / n. Window: n − 1 back. The first n − 1 rows are null.
                Null when a value of the window is null; with partial = true, the average of those that are not, of one or more.
                Source: TA-Lib SMA.
                """,
            inputs: [("x", .double)], parameters: [.length, .partial],
            resultType: { _ in .double },
            window: FunctionParameters.lastRows),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "sma", values: values)
            let window = RollingWindow(length: try parameters.rows(0), partial: try parameters.flag(1))
            return WindowKernel(Average(window: window, spans: WindowSpans(length: window.length)))
        })
}

private struct Average: RollingFunction {
    let window: RollingWindow
    let fill = 0.0
    var spans: WindowSpans<Double>

    mutating func evaluate(_ block: WindowBlock<Double>, into results: UnsafeMutablePointer<Double>, valid: UnsafePointer<UInt8>?) {
        spans.run(Double.windowTotals, block.values, block.count, into: results)
        if let present = block.present, window.allowsPartial {
            for row in 0..<block.count { results[row] /= Double(present[row]) }
        } else {
            rows_divide(results, block.count, Double(window.length))
        }
    }
}
