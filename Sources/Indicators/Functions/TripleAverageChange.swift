import CRows
import Columnar
import Language

extension BuiltinIndicators {
    static let tripleAverageChange = SeriesDefinition(
        function: SeriesFunction(
            name: "trix",
            documentation: """
                Hutson's TRIX: the change, in percent, of an exponential average of an average of an average.
                Formula: 100 · (e₃[t] / e₃[t − 1] − 1), e₃ = ema(ema(ema(x, n), n), n). Window: recursive.
                The first 3 · n − 2 rows are null. A null has no result and is passed over. 0 when e₃[t − 1] is 0, as in TA-Lib.
                Source: TA-Lib TRIX.
                """,
            inputs: [("x", .double)], parameters: [.rows(default: 15)],
            resultType: { _ in .double }, window: FunctionParameters.recursive),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "trix", values: values)
            return RecursiveKernel(TripleAverageChange(smoothing: .exponential(try parameters.rows(0))))
        })
}

private struct TripleAverageChange: RecursiveFunction {
    let smoothing: Smoothing
    let start = State()

    struct State: BitwiseCopyable {
        var averages = AverageCascade()
        /// The third average at the row before.
        var previous = Double.nan
    }

    func update(
        _ state: inout State, _ inputs: [UnsafePointer<Double>], _ count: Int, into results: [UnsafeMutablePointer<Double>]
    ) {
        withColumns(3) { memory in
            state.averages.followThrice(inputs[0], count, smoothing, into: memory)
            let (third, result) = (memory(2), results[0])
            rows_changes_in_percent(third, &state.previous, 1, result)
            rows_changes_in_percent(third + 1, third, count - 1, result + 1)
            state.previous = third[count - 1]
        }
    }
}
