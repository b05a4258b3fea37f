import CRows
import Columnar
import Language

extension BuiltinIndicators {
    static let bollingerBands = SeriesDefinition(
        function: SeriesFunction(
            name: "bbands",
            documentation: """
                Bollinger's bands: the average of the last n rows, and k standard deviations above and below it.
                Formula: middle = sma(x, n); upper and lower = middle ± k · stddev(x, n, ddof = 0). Window: n − 1 back.
                The first n − 1 rows are null. Null when a value of the window is null.
                Source: TA-Lib BBANDS; Bollinger, "Bollinger on Bollinger Bands", 2001.
                """,
            inputs: [("x", .double)], parameters: [.rows(default: 20), .factor("k", default: 2)],
            resultType: { _ in .double }, window: FunctionParameters.lastRows,
            outputs: ["upper", "middle", "lower"]),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "bbands", values: values)
            return JointWindowKernel(
                BollingerBands(length: try parameters.rows(0), factor: try parameters.number(1, named: "k")), inputs: 1)
        })
}

private struct BollingerBands: JointWindowFunction {
    let length: Int
    let factor: Double
    private var moments: MovingMoments

    init(length: Int, factor: Double) {
        self.length = length
        self.factor = factor
        moments = MovingMoments(length: length)
    }

    var lookBacks: [Int] { [Int](repeating: length - 1, count: 3) }

    mutating func evaluate(_ block: JointBlock, into results: [UnsafeMutablePointer<Double>]) {
        let (upper, middle, lower) = (results[0], results[1], results[2])
        moments.evaluate(block.inputs[0], block.count, means: middle, squares: upper)
        rows_deviations(upper, block.count, Double(length), lower)
        rows_bands(middle, lower, factor, block.count, upper)
    }
}
