import CRows
import Columnar
import Language

extension BuiltinIndicators {
    static let williamsRange = SeriesDefinition(
        function: SeriesFunction(
            name: "williams_r",
            documentation: """
                Williams' %R: where the close stands in the range of the last n rows, from −100 (lowest) to 0 (highest).
                Formula: −100 · (max(high, n) − close) / (max(high, n) − min(low, n)). Window: n − 1 back. The first n − 1 rows are null.
                Null when a row of the window has a null. 0 when the range is 0, or within 2e-14 of the price, as in TA-Lib.
                Source: TA-Lib WILLR; Williams, "How I Made One Million Dollars Last Year Trading Commodities", 1973.
                """,
            inputs: SeriesFunction.doubles("high", "low", "close"), parameters: [.rows(default: 14)],
            resultType: { _ in .double }, window: FunctionParameters.lastRows),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "williams_r", values: values)
            return JointWindowKernel(WilliamsRange(length: try parameters.rows(0)), inputs: 3)
        })
}

private struct WilliamsRange: JointWindowFunction {
    let length: Int
    private var range: MovingRange

    init(length: Int) {
        self.length = length
        range = MovingRange(length: length)
    }

    var lookBacks: [Int] { [length - 1] }

    mutating func evaluate(_ block: JointBlock, into results: [UnsafeMutablePointer<Double>]) {
        let (highest, lowest) = range.find(block.inputs[0], block.inputs[1], rows: 0..<block.count)
        rows_places_below(block.inputs[2], lowest, highest, block.count, results[0])
    }
}
