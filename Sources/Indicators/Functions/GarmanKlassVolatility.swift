import Columnar
import Foundation
import Language

extension BuiltinIndicators {
    static let garmanKlassVolatility = SeriesDefinition(
        function: SeriesFunction(
            name: "garman_klass",
            documentation: """
                Garman and Klass' volatility: from the ranges and the moves from open to close of the last n rows, per row.
                Formula: sqrt(Σ (ln(high / low)² / 2 − (2 · ln 2 − 1) · ln(close / open)²) / n). Window: n − 1 back. The first n − 1 rows are null.
                Null when a row of the window has a null or a price that is not above 0, or when the sum is negative, as it can be where
                open or close lie outside of the range.
                Source: Garman, Klass, "On the Estimation of Security Price Volatilities from Historical Data", 1980.
                """,
            inputs: SeriesFunction.doubles("open", "high", "low", "close"), parameters: [.rows(default: 20)],
            resultType: { _ in .double }, window: FunctionParameters.lastRows),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "garman_klass", values: values)
            return JointWindowKernel(GarmanKlassVolatility(length: try parameters.rows(0)), inputs: 4)
        })
}

private struct GarmanKlassVolatility: JointWindowFunction {
    let length: Int
    private var sum: MovingTotal
    private var variances = Scratch<Double>()

    init(length: Int) {
        self.length = length
        sum = MovingTotal(length: length)
    }

    var lookBacks: [Int] { [length - 1] }

    /// The root of a negative number is not finite, hence null.
    mutating func evaluate(_ block: JointBlock, into results: [UnsafeMutablePointer<Double>]) {
        let (open, high, low, close) = (block.inputs[0], block.inputs[1], block.inputs[2], block.inputs[3])
        let rows = 1 - length..<block.count
        let variances = variances.rows(rows)
        let share = 2 * log(2.0) - 1
        for row in rows {
            let range = log(high[row] / low[row])
            let move = log(close[row] / open[row])
            variances[row] = range * range / 2 - share * (move * move)
        }
        let sums = sum.add(variances, rows: 0..<block.count)
        for row in 0..<block.count { results[0][row] = (sums[row] / Double(length)).squareRoot() }
    }
}
