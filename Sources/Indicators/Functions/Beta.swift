import CRows
import Columnar
import Language

extension BuiltinIndicators {
    static let beta = SeriesDefinition(
        function: SeriesFunction(
            name: "beta",
            documentation: """
                How much x moves with y: the slope of the regression of x on y over the last n rows, usually of the returns of a stock and a market.
                Formula: Σ (x − mean x) · (y − mean y) / Σ (y − mean y)². Window: n − 1 back. The first n − 1 rows are null.
                Null when a value of the window is null. 0 when all values of y are equal, as in TA-Lib.
                Source: TA-Lib BETA(real0, real1) takes the returns of prices itself: it is beta(change(real1), change(real0), n).
                """,
            inputs: SeriesFunction.doubles("x", "y"), parameters: [.rows(default: 30, minimum: 2)],
            resultType: { _ in .double }, window: FunctionParameters.lastRows),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "beta", values: values)
            return JointWindowKernel(Beta(length: try parameters.rows(0, from: 2)), inputs: 2)
        })
}

private struct Beta: JointWindowFunction {
    let length: Int
    private var moments: MovingComoments

    init(length: Int) {
        self.length = length
        moments = MovingComoments(length: length)
    }

    var lookBacks: [Int] { [length - 1] }

    mutating func evaluate(_ block: JointBlock, into results: [UnsafeMutablePointer<Double>]) {
        let (_, otherSquare, product) = moments.evaluate(block.inputs[0], block.inputs[1], block.count)
        rows_slopes(otherSquare, product, block.count, results[0])
    }
}
