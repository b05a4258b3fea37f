import CRows
import Columnar
import Language

extension BuiltinIndicators {
    static let weightedAverage = SeriesDefinition(
        function: SeriesFunction(
            name: "wma",
            documentation: """
                The weighted moving average of the last n rows, whose weights rise from 1 (oldest) to n (newest).
                Formula: (n · x[t] + (n − 1) · x[t − 1] + … + x[t − n + 1]) / (n · (n + 1) / 2). Window: n − 1 back.
                The first n − 1 rows are null. Null when a value of the window is null.
                Source: TA-Lib WMA.
                """,
            inputs: [("x", .double)], parameters: [.length],
            resultType: { _ in .double }, window: FunctionParameters.lastRows),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "wma", values: values)
            return JointWindowKernel(WeightedAverage(length: try parameters.rows(0)), inputs: 1)
        })
}

private struct WeightedAverage: JointWindowFunction {
    let length: Int
    private var spans = Scratch<Double>()

    init(length: Int) { self.length = length }

    var lookBacks: [Int] { [length - 1] }

    mutating func evaluate(_ block: JointBlock, into results: [UnsafeMutablePointer<Double>]) {
        spans.reserve(5 * rows_column_width(block.count, length))
        rows_weighted_totals(block.inputs[0], block.count, length, spans.pointer, results[0])
        rows_divide(results[0], block.count, Double(length) * Double(length + 1) / 2)
    }
}
