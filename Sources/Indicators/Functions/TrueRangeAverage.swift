import Columnar
import Language

extension BuiltinIndicators {
    static let trueRangeAverage = SeriesDefinition(
        function: SeriesFunction(
            name: "atr",
            documentation: """
                Wilder's average true range: how far the price moves in a row.
                Formula: Wilder's average, over n, of max(high[t], close[t − 1]) − min(low[t], close[t − 1]); the first is a simple average.
                Window: recursive. The first n rows are null. A row with a null has no result and is passed over.
                Source: TA-Lib ATR; Wilder, "New Concepts in Technical Trading Systems", 1978.
                """,
            inputs: SeriesFunction.doubles("high", "low", "close"), parameters: [.rows(default: 14)],
            resultType: { _ in .double }, window: FunctionParameters.recursive),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "atr", values: values)
            return RecursiveKernel(TrueRangeAverage(smoothing: .wilder(try parameters.rows(0))))
        })
}

private struct TrueRangeAverage: RecursiveFunction {
    let smoothing: Smoothing
    let start = AverageTrueRange()

    func update(
        _ state: inout AverageTrueRange, _ inputs: [UnsafePointer<Double>], _ count: Int, into results: [UnsafeMutablePointer<Double>]
    ) {
        withColumns(1) { memory in
            state.follow(
                inputs[0], inputs[1], inputs[2], count, smoothing, ranges: memory(0), into: results[0])
        }
    }
}
