import Columnar
import Language

extension BuiltinIndicators {
    static let exponentialAverage = SeriesDefinition(
        function: SeriesFunction(
            name: "ema",
            documentation: """
                The exponential moving average, seeded with the simple average of the first n values.
                Formula: e[t] = e[t − 1] + (x[t] − e[t − 1]) · 2 / (n + 1). Window: recursive. The first n − 1 rows are null.
                A null has no result and is passed over: the average goes on with the next value.
                Source: TA-Lib EMA.
                """,
            inputs: [("x", .double)], parameters: [.length],
            resultType: { _ in .double }, window: FunctionParameters.recursive),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "ema", values: values)
            return RecursiveKernel(ExponentialAverage(smoothing: .exponential(try parameters.rows(0))))
        })
}

private struct ExponentialAverage: RecursiveFunction {
    let smoothing: Smoothing
    let start = SmoothedAverage()

    func update(
        _ state: inout SmoothedAverage, _ inputs: [UnsafePointer<Double>], _ count: Int, into results: [UnsafeMutablePointer<Double>]
    ) {
        state.follow(inputs[0], count, smoothing, into: results[0])
    }
}
