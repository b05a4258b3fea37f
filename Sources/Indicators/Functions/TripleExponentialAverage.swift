import Columnar
import Language

extension BuiltinIndicators {
    static let tripleExponentialAverage = SeriesDefinition(
        function: SeriesFunction(
            name: "tema",
            documentation: """
                Mulloy's triple exponential moving average, which lags less than one.
                Formula: 3 · e₁ − 3 · e₂ + e₃, e₁ = ema(x, n), e₂ = ema(e₁, n), e₃ = ema(e₂, n).
                Window: recursive. The first 3 · n − 3 rows are null. A null has no result and is passed over.
                Source: TA-Lib TEMA; Mulloy, "Smoothing Data with Faster Moving Averages", 1994.
                """,
            inputs: [("x", .double)], parameters: [.length],
            resultType: { _ in .double }, window: FunctionParameters.recursive),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "tema", values: values)
            return RecursiveKernel(TripleExponentialAverage(smoothing: .exponential(try parameters.rows(0))))
        })
}

private struct TripleExponentialAverage: RecursiveFunction {
    let smoothing: Smoothing
    let start = AverageCascade()

    func update(
        _ state: inout AverageCascade, _ inputs: [UnsafePointer<Double>], _ count: Int, into results: [UnsafeMutablePointer<Double>]
    ) {
        withColumns(3) { memory in
            state.followThrice(inputs[0], count, smoothing, into: memory)
            let (first, second, third, result) = (memory(0), memory(1), memory(2), results[0])
            for row in 0..<count { result[row] = 3 * first[row] - 3 * second[row] + third[row] }
        }
    }
}
