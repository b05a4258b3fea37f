import Columnar
import Language

extension BuiltinIndicators {
    static let keltnerChannel = SeriesDefinition(
        function: SeriesFunction(
            name: "keltner",
            documentation: """
                Keltner's channel in Raschke's form: an exponential average of the close, and k average true ranges above and below it.
                Formula: middle = ema(close, n); upper and lower = middle ± k · atr(high, low, close, atr). Window: recursive.
                The first n − 1 rows are null, of upper and lower the first `atr` if that is more. A row with a null has no result and is passed over.
                Source: Raschke, Connors, "Street Smarts", 1995; TA-Lib's EMA and ATR.
                """,
            inputs: SeriesFunction.doubles("high", "low", "close"),
            parameters: [.rows(default: 20), .factor("k", default: 2), .rows("atr", default: 10)],
            resultType: { _ in .double }, window: FunctionParameters.recursive,
            outputs: ["upper", "middle", "lower"]),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "keltner", values: values)
            return RecursiveKernel(
                KeltnerChannel(
                    center: .exponential(try parameters.rows(0)), factor: try parameters.number(1, named: "k"),
                    range: .wilder(try parameters.rows(2, named: "atr"))))
        })
}

private struct KeltnerChannel: RecursiveFunction {
    let center: Smoothing
    let factor: Double
    let range: Smoothing
    let start = State()

    struct State: BitwiseCopyable {
        var center = SmoothedAverage()
        var range = AverageTrueRange()
    }

    func update(
        _ state: inout State, _ inputs: [UnsafePointer<Double>], _ count: Int, into results: [UnsafeMutablePointer<Double>]
    ) {
        withColumns(2) { memory in
            let (upper, middle, lower) = (results[0], results[1], results[2])
            state.center.follow(inputs[2], count, center, into: middle)
            state.range.follow(
                inputs[0], inputs[1], inputs[2], count, range, ranges: memory(0), into: memory(1))
            let ranges = memory(1)
            for row in 0..<count {
                let distance = factor * ranges[row]
                upper[row] = middle[row] + distance
                lower[row] = middle[row] - distance
            }
        }
    }
}
