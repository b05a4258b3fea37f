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
    let start = State()

    struct State: BitwiseCopyable {
        var first = SmoothedAverage()
        var second = SmoothedAverage()
        var third = SmoothedAverage()
    }

    func update(
        _ state: inout State, _ inputs: [UnsafePointer<Double>], _ count: Int, into results: [UnsafeMutablePointer<Double>]
    ) {
        let values = inputs[0]
        let result = results[0]
        var current = state
        for row in 0..<count {
            let first = current.first.next(values[row], smoothing)
            let second = current.second.nextUnlessMissing(first, smoothing)
            let third = current.third.nextUnlessMissing(second, smoothing)
            result[row] = 3 * first - 3 * second + third
        }
        state = current
    }
}
