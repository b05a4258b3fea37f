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
                0 when the mean deviation is 0, as in TA-Lib.
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

    /// Both passes run over the window's own rows, newest first. The mean is taken relative to the newest value, so that equal
    /// values deviate by exactly 0.
    mutating func evaluate(_ block: JointBlock, into results: [UnsafeMutablePointer<Double>]) {
        let (high, low, close) = (block.inputs[0], block.inputs[1], block.inputs[2])
        let rows = 1 - length..<block.count
        let typical = typical.rows(rows)
        for row in rows { typical[row] = (high[row] + low[row] + close[row]) / 3 }
        let count = Double(length)
        for row in stride(from: 0, to: block.count, by: JointBlock.lanes) {
            let newest = UnsafePointer(typical + row)
            let anchor = newest.lanes
            var total = SIMD8<Double>.zero
            var deviations = SIMD8<Double>.zero
            for back in 0..<length { total += (newest - back).lanes - anchor }
            let mean = anchor + total / count
            for back in 0..<length {
                let deviation = (newest - back).lanes - mean
                deviations += deviation.replacing(with: -deviation, where: deviation .< 0)
            }
            let index = (anchor - mean) / (0.015 * (deviations / count))
            (results[0] + row).lanes = index.replacing(with: 0, where: deviations .== 0)
        }
    }
}
