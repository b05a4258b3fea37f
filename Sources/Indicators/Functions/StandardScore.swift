import Columnar
import Language

extension BuiltinIndicators {
    static let standardScore = SeriesDefinition(
        function: SeriesFunction(
            name: "zscore",
            documentation: """
                How many standard deviations the value stands from the average of the last n rows.
                Formula: (x[t] − sma(x, n)) / stddev(x, n), with ddof = 1. Window: n − 1 back. The first n − 1 rows are null.
                Null when a value of the window is null or all are equal.
                Source: the standard score with the sample's deviation.
                """,
            inputs: [("x", .double)], parameters: [.rows(default: 20, minimum: 2)],
            resultType: { _ in .double }, window: FunctionParameters.lastRows),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "zscore", values: values)
            return JointWindowKernel(StandardScore(length: try parameters.rows(0, from: 2)), inputs: 1)
        })
}

private struct StandardScore: JointWindowFunction {
    let length: Int
    private var moments: MovingMoments
    private var squares = Scratch<Double>()

    init(length: Int) {
        self.length = length
        moments = MovingMoments(length: length)
    }

    var lookBacks: [Int] { [length - 1] }

    /// A division by 0 is not finite, hence null.
    mutating func evaluate(_ block: JointBlock, into results: [UnsafeMutablePointer<Double>]) {
        let values = block.inputs[0]
        let result = results[0]
        let squares = squares.rows(0..<block.count)
        moments.evaluate(values, block.count, means: result, squares: squares)
        let divisor = Double(length - 1)
        for row in 0..<block.count { result[row] = (values[row] - result[row]) / (squares[row] / divisor).squareRoot() }
    }
}
