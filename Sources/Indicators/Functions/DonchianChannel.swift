import Columnar
import Language

extension BuiltinIndicators {
    static let donchianChannel = SeriesDefinition(
        function: SeriesFunction(
            name: "donchian",
            documentation: """
                Donchian's channel: the highest high and the lowest low of the last n rows, this one among them, and their middle.
                Formula: upper = max(high, n); lower = min(low, n); middle = (upper + lower) / 2. Window: n − 1 back. The first n − 1 rows are null.
                Null when a row of the window has a null. A breakout compares with prev(upper).
                Source: TA-Lib MAX and MIN.
                """,
            inputs: SeriesFunction.doubles("high", "low"), parameters: [.rows(default: 20)],
            resultType: { _ in .double }, window: FunctionParameters.lastRows,
            outputs: ["upper", "middle", "lower"]),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "donchian", values: values)
            return JointWindowKernel(DonchianChannel(length: try parameters.rows(0)), inputs: 2)
        })
}

private struct DonchianChannel: JointWindowFunction {
    let length: Int
    private var range: MovingRange

    init(length: Int) {
        self.length = length
        range = MovingRange(length: length)
    }

    var lookBacks: [Int] { [Int](repeating: length - 1, count: 3) }

    mutating func evaluate(_ block: JointBlock, into results: [UnsafeMutablePointer<Double>]) {
        let (highest, middle, lowest) = (results[0], results[1], results[2])
        range.find(block.inputs[0], block.inputs[1], block.count, highest: highest, lowest: lowest)
        for row in 0..<block.count { middle[row] = (highest[row] + lowest[row]) / 2 }
    }
}
