import Columnar
import Language

extension BuiltinIndicators {
    static let movingMinimum = SeriesDefinition(
        function: SeriesFunction(
            name: "min",
            documentation: """
                The smallest value of the last n rows; ints stay ints.
                Formula: min(x[t], …, x[t − n + 1]). Window: n − 1 back. The first n − 1 rows are null.
                Null when a value of the window is null; with partial = true, the smallest of those that are not, of one or more.
                Source: TA-Lib MIN.
                """,
            inputs: [("x", .number)], parameters: [.length, .partial],
            resultType: { $0 },
            window: FunctionParameters.lastRows),
        makeKernel: { types, values in
            let parameters = FunctionParameters(function: "min", values: values)
            let window = RollingWindow(length: try parameters.rows(0), partial: try parameters.flag(1))
            return types[0] == .int
                ? WindowKernel(Minimum(window: window, spans: WindowSpans<Int64>(length: window.length)))
                : WindowKernel(Minimum(window: window, spans: WindowSpans<Double>(length: window.length)))
        })
}

private struct Minimum<Element: SeriesElement>: RollingFunction {
    let window: RollingWindow
    var fill: Element { .highest }
    var spans: WindowSpans<Element>

    mutating func evaluate(
        _ block: WindowBlock<Element>, into results: UnsafeMutablePointer<Element>, valid: UnsafePointer<UInt8>?
    ) {
        spans.run(Element.windowMinima, block.values, block.count, into: results)
    }
}
