import Columnar
import Foundation
import Language

extension BuiltinIndicators {
    static let parkinsonVolatility = SeriesDefinition(
        function: SeriesFunction(
            name: "parkinson",
            documentation: """
                Parkinson's volatility: from the ranges of the last n rows, per row.
                Formula: sqrt(Σ ln(high / low)² / (4 · n · ln 2)). Window: n − 1 back. The first n − 1 rows are null.
                Null when a row of the window has a null or a price that is not above 0.
                Source: Parkinson, "The Extreme Value Method for Estimating the Variance of the Rate of Return", 1980.
                """,
            inputs: SeriesFunction.doubles("high", "low"), parameters: [.rows(default: 20)],
            resultType: { _ in .double }, window: FunctionParameters.lastRows),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "parkinson", values: values)
            return JointWindowKernel(ParkinsonVolatility(length: try parameters.rows(0)), inputs: 2)
        })
}

private struct ParkinsonVolatility: JointWindowFunction {
    let length: Int
    private var sum: MovingTotal
    private var squares = Scratch<Double>()

    init(length: Int) {
        self.length = length
        sum = MovingTotal(length: length)
    }

    var lookBacks: [Int] { [length - 1] }

    mutating func evaluate(_ block: JointBlock, into results: [UnsafeMutablePointer<Double>]) {
        let (high, low) = (block.inputs[0], block.inputs[1])
        let rows = 1 - length..<block.count
        let squares = squares.rows(rows)
        for row in rows {
            let range = log(high[row] / low[row])
            squares[row] = range * range
        }
        let sums = sum.add(squares, rows: 0..<block.count)
        let divisor = 4 * Double(length) * log(2)
        for row in 0..<block.count { results[0][row] = (sums[row] / divisor).squareRoot() }
    }
}
