import Columnar
import Foundation
import Language

extension BuiltinIndicators {
    static let realisedVolatility = SeriesDefinition(
        function: SeriesFunction(
            name: "realised_volatility",
            documentation: """
                The realised volatility: the standard deviation of the last n logarithmic returns, per row.
                Formula: stddev(log_return(close), n), with ddof = 1; times sqrt(252) it is a year's, of daily rows. Window: n back.
                The first n rows are null. Null when a value of the window is null or not above 0.
                Source: the close-to-close estimator; Parkinson, "The Extreme Value Method for Estimating the Variance of the Rate of Return", 1980.
                """,
            inputs: SeriesFunction.doubles("close"), parameters: [.rows(default: 20, minimum: 2)],
            resultType: { _ in .double }, window: FunctionParameters.rowsBefore),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "realised_volatility", values: values)
            return JointWindowKernel(RealisedVolatility(length: try parameters.rows(0, from: 2)), inputs: 1)
        })
}

private struct RealisedVolatility: JointWindowFunction {
    let length: Int
    private var moments: MovingMoments
    private var returns = Scratch<Double>()
    private var means = Scratch<Double>()

    init(length: Int) {
        self.length = length
        moments = MovingMoments(length: length)
    }

    var lookBacks: [Int] { [length] }

    mutating func evaluate(_ block: JointBlock, into results: [UnsafeMutablePointer<Double>]) {
        let close = block.inputs[0]
        let result = results[0]
        let rows = 1 - length..<block.count
        let returns = returns.rows(rows)
        for row in rows { returns[row] = log(close[row] / close[row - 1]) }
        moments.evaluate(returns, block.count, means: means.rows(0..<block.count), squares: result)
        let divisor = Double(length - 1)
        for row in 0..<block.count { result[row] = (result[row] / divisor).squareRoot() }
    }
}
