import CRows
import Columnar
import Language

extension BuiltinIndicators {
    static let moneyFlow = SeriesDefinition(
        function: SeriesFunction(
            name: "mfi",
            documentation: """
                The money flow index: the share of rising rows in the money traded, from 0 to 100.
                Formula: p = (high + low + close) / 3; 100 · u / (u + d), u the sum of p · volume over those of the last n rows where p rises from
                row to row, d where it falls. Window: n back. The first n rows are null. Null when a row of the window has a null.
                Prices within 2e-14 of each other count as equal, as in TA-Lib.
                0 when u + d is 0, as in TA-Lib, which says so of sums below 1 as well.
                Source: TA-Lib MFI; Quong, Soudack, "Volume-Weighted RSI: Money Flow", Stocks & Commodities, 1989.
                """,
            inputs: SeriesFunction.doubles("high", "low", "close", "volume"), parameters: [.rows(default: 14)],
            resultType: { _ in .double }, window: FunctionParameters.rowsBefore),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "mfi", values: values)
            return JointWindowKernel(MoneyFlow(length: try parameters.rows(0)), inputs: 4)
        })
}

private struct MoneyFlow: JointWindowFunction {
    let length: Int
    private var rises: MovingTotal
    private var falls: MovingTotal
    private var typical = Scratch<Double>()
    private var rising = Scratch<Double>()
    private var falling = Scratch<Double>()

    init(length: Int) {
        self.length = length
        rises = MovingTotal(length: length)
        falls = MovingTotal(length: length)
    }

    var lookBacks: [Int] { [length] }

    mutating func evaluate(_ block: JointBlock, into results: [UnsafeMutablePointer<Double>]) {
        let (high, low, close, volume) = (block.inputs[0], block.inputs[1], block.inputs[2], block.inputs[3])
        let first = 1 - length
        let typical = typical.rows(-length..<block.count)
        let rising = rising.rows(first..<block.count)
        let falling = falling.rows(first..<block.count)
        rows_typical_prices(high - length, low - length, close - length, block.count + length, typical - length)
        rows_money_flows(typical + first, volume + first, block.count - first, rising + first, falling + first)
        let up = rises.add(rising, rows: 0..<block.count)
        let down = falls.add(falling, rows: 0..<block.count)
        rows_shares(up, down, block.count, results[0])
    }
}
