import Columnar
import Language

extension BuiltinIndicators {
    static let movingMaximum = SeriesDefinition(
        function: SeriesFunction(
            name: "max",
            documentation: """
                The largest value of the last n rows; ints stay ints.
                Formula: max(x[t], …, x[t − n + 1]). Window: n − 1 back. The first n − 1 rows are null.
                Null when a value of the window is null; with partial = true, the largest of those that are not, of one or more.
                Source: TA-Lib MAX.
                """,
            inputs: [("x", .number)], parameters: [.length, .partial],
            resultType: { $0 },
            window: FunctionParameters.lastRows),
        makeKernel: { types, values in
            let parameters = FunctionParameters(function: "max", values: values)
            let window = RollingWindow(length: try parameters.rows(0), partial: try parameters.flag(1))
            return types[0] == .int
                ? WindowKernel(Maximum(window: window, spans: WindowSpans<Int64>(length: window.length)))
                : WindowKernel(Maximum(window: window, spans: WindowSpans<Double>(length: window.length)))
        })
}

private struct Maximum<Element: SeriesElement>: RollingFunction {
    let window: RollingWindow
    var fill: Element { .lowest }
    var spans: WindowSpans<Element>

    mutating func evaluate(
        _ block: WindowBlock<Element>, into results: UnsafeMutablePointer<Element>, valid: UnsafePointer<UInt8>?
    ) {
        spans.run(Element.windowMaxima, block.values, block.count, into: results)
    }
}
