import CRows
import Columnar
import Language

extension BuiltinIndicators {
    static let correlation = SeriesDefinition(
        function: SeriesFunction(
            name: "correlation",
            documentation: """
                Pearson's correlation of two series over the last n rows, from −1 to 1.
                Formula: Σ (x − mean x) · (y − mean y) / sqrt(Σ (x − mean x)² · Σ (y − mean y)²). Window: n − 1 back. The first n − 1 rows are null.
                Null when a value of the window is null. 0 when all values of x or all of y are equal, as in TA-Lib.
                Source: TA-Lib CORREL.
                """,
            inputs: SeriesFunction.doubles("x", "y"), parameters: [.rows(default: 30, minimum: 2)],
            resultType: { _ in .double }, window: FunctionParameters.lastRows),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "correlation", values: values)
            return JointWindowKernel(Correlation(length: try parameters.rows(0, from: 2)), inputs: 2)
        })
}

private struct Correlation: JointWindowFunction {
    let length: Int
    private var moments: MovingComoments

    init(length: Int) {
        self.length = length
        moments = MovingComoments(length: length)
    }

    var lookBacks: [Int] { [length - 1] }

    mutating func evaluate(_ block: JointBlock, into results: [UnsafeMutablePointer<Double>]) {
        let (square, otherSquare, product) = moments.evaluate(block.inputs[0], block.inputs[1], block.count)
        rows_correlations(square, otherSquare, product, block.count, results[0])
    }
}
