import CRows
import Columnar
import Language

extension BuiltinIndicators {
    static let commodityChannel = SeriesDefinition(
        function: SeriesFunction(
            name: "cci",
            documentation: """
                Lambert's commodity channel index: how far the typical price stands from its average, in mean deviations.
                Formula: p = (high + low + close) / 3; (p − mean) / (0.015 · Σ |p[i] − mean| / n), mean and sum over the last n rows.
                Window: n − 1 back. The first n − 1 rows are null. Null when a row of the window has a null.
                0 when the mean deviation is 0, or within 1e-14 of the average, as in TA-Lib.
                Source: TA-Lib CCI; Lambert, "Commodity Channel Index", Commodities, 1980.
                """,
            inputs: SeriesFunction.doubles("high", "low", "close"), parameters: [.rows(default: 20)],
            resultType: { _ in .double }, window: FunctionParameters.lastRows),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "cci", values: values)
            return JointWindowKernel(CommodityChannel(length: try parameters.rows(0)), inputs: 3)
        })
}

private struct CommodityChannel: JointWindowFunction {
    let length: Int
    private var typical = Scratch<Double>()

    init(length: Int) { self.length = length }

    var lookBacks: [Int] { [length - 1] }

    mutating func evaluate(_ block: JointBlock, into results: [UnsafeMutablePointer<Double>]) {
        let first = 1 - length
        let typical = typical.rows(first..<block.count)
        let (high, low, close) = (block.inputs[0] + first, block.inputs[1] + first, block.inputs[2] + first)
        rows_typical_prices(high, low, close, block.count - first, typical + first)
        rows_channel_index(typical, block.count, length, results[0])
    }
}
