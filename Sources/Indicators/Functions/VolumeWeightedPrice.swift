import Columnar
import Language

extension BuiltinIndicators {
    static let volumeWeightedPrice = SeriesDefinition(
        function: SeriesFunction(
            name: "vwap",
            documentation: """
                The volume-weighted average price of the last n rows.
                Formula: Σ p · volume / Σ volume, p = (high + low + close) / 3. Window: n − 1 back. The first n − 1 rows are null.
                Null when a row of the window has a null or the volumes sum to 0.
                Source: the rolling form of the volume-weighted average price; that of a session begins anew each day.
                """,
            inputs: SeriesFunction.doubles("high", "low", "close", "volume"), parameters: [.rows(default: 20)],
            resultType: { _ in .double }, window: FunctionParameters.lastRows),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "vwap", values: values)
            return JointWindowKernel(VolumeWeightedPrice(length: try parameters.rows(0)), inputs: 4)
        })
}

private struct VolumeWeightedPrice: JointWindowFunction {
    let length: Int
    private var values: MovingTotal
    private var volumes: MovingTotal
    private var traded = Scratch<Double>()

    init(length: Int) {
        self.length = length
        values = MovingTotal(length: length)
        volumes = MovingTotal(length: length)
    }

    var lookBacks: [Int] { [length - 1] }

    /// A division by 0 is not finite, hence null.
    mutating func evaluate(_ block: JointBlock, into results: [UnsafeMutablePointer<Double>]) {
        let (high, low, close, volume) = (block.inputs[0], block.inputs[1], block.inputs[2], block.inputs[3])
        let rows = 1 - length..<block.count
        let traded = traded.rows(rows)
        for row in rows { traded[row] = (high[row] + low[row] + close[row]) / 3 * volume[row] }
        let value = values.add(traded, rows: 0..<block.count)
        let total = volumes.add(volume, rows: 0..<block.count)
        for row in 0..<block.count { results[0][row] = value[row] / total[row] }
    }
}
