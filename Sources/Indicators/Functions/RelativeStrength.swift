import CRows
import Columnar
import Language

extension BuiltinIndicators {
    static let relativeStrength = SeriesDefinition(
        function: SeriesFunction(
            name: "rsi",
            documentation: """
                Wilder's relative strength index: the share of rises in the recent movement, from 0 to 100.
                Formula: 100 · u / (u + d), u and d Wilder's averages, over n, of the rises and of the falls of x from row to row.
                Window: recursive. The first n rows are null. A null has no result and is passed over.
                0 when u + d is 0, as in TA-Lib, which says so of sums below 1e-14 as well.
                Source: TA-Lib RSI; Wilder, "New Concepts in Technical Trading Systems", 1978.
                """,
            inputs: [("x", .double)], parameters: [.rows(default: 14)],
            resultType: { _ in .double }, window: FunctionParameters.recursive),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "rsi", values: values)
            return RecursiveKernel(RelativeStrength(smoothing: .wilder(try parameters.rows(0))))
        })
}

struct RelativeStrength: RecursiveFunction {
    let smoothing: Smoothing
    let start = State()

    struct State: BitwiseCopyable {
        /// NaN before the first value, whose rise and fall then are 0 and are passed over.
        var previous = Double.nan
        var rises = SmoothedAverage(skipping: 1)
        var falls = SmoothedAverage(skipping: 1)
    }

    func update(
        _ state: inout State, _ inputs: [UnsafePointer<Double>], _ count: Int, into results: [UnsafeMutablePointer<Double>]
    ) {
        withColumns(4) { memory in
            let values = inputs[0]
            rows_rises_and_falls(values, &state.previous, 1, memory(0), memory(1))
            rows_rises_and_falls(values + 1, values, count - 1, memory(0) + 1, memory(1) + 1)
            state.previous = values[count - 1]
            state.rises.follow(memory(0), count, smoothing, into: memory(2))
            state.falls.follow(memory(1), count, smoothing, into: memory(3))
            rows_shares(memory(2), memory(3), count, results[0])
        }
    }
}
