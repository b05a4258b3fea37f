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
            let previous = current.third.seen == smoothing.length ? current.third.value : .nan
            let first = current.first.next(values[row], smoothing)
            let second = current.second.nextUnlessMissing(first, smoothing)
            let third = current.third.nextUnlessMissing(second, smoothing)
            result[row] = previous == 0 ? 0 : 100 * (third / previous - 1)
        }
        state = current
    }
}
