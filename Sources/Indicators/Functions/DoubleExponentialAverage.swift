import Columnar
import Language

extension BuiltinIndicators {
    static let doubleExponentialAverage = SeriesDefinition(
        function: SeriesFunction(
            name: "dema",
            documentation: """
                Mulloy's double exponential moving average, which lags less than one.
                Formula: 2 · e₁ − e₂, e₁ = ema(x, n), e₂ = ema(e₁, n).
                Window: recursive. The first 2 · n − 2 rows are null. A null has no result and is passed over.
                Source: TA-Lib DEMA; Mulloy, "Smoothing Data with Faster Moving Averages", 1994.
                """,
            inputs: [("x", .double)], parameters: [.length],
            resultType: { _ in .double }, window: FunctionParameters.recursive),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "dema", values: values)
            return RecursiveKernel(DoubleExponentialAverage(smoothing: .exponential(try parameters.rows(0))))
        })
}

private struct DoubleExponentialAverage: RecursiveFunction {
    let smoothing: Smoothing
    let start = AverageCascade()

    func update(
        _ state: inout AverageCascade, _ inputs: [UnsafePointer<Double>], _ count: Int, into results: [UnsafeMutablePointer<Double>]
    ) {
        withColumns(2) { memory in
            state.followTwice(inputs[0], count, smoothing, into: memory)
            let (first, second, result) = (memory(0), memory(1), results[0])
            for row in 0..<count { result[row] = 2 * first[row] - second[row] }
        }
    }
}
