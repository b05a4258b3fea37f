import CRows
import Columnar
import Language

extension BuiltinIndicators {
    static let rateOfChange = SeriesDefinition(
        function: SeriesFunction(
            name: "roc",
            documentation: """
                The rate of change over n rows, in percent.
                Formula: 100 · (x[t] / x[t − n] − 1). Window: n back. The first n rows are null.
                Null when either value is null; 0 when x[t − n] is 0, as in TA-Lib, where `change` is null.
                Source: TA-Lib ROC.
                """,
            inputs: [("x", .double)], parameters: [.rows(default: 10)],
            resultType: { _ in .double }, window: FunctionParameters.rowsBefore),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "roc", values: values)
            return WindowKernel(RateOfChange(lookBack: try parameters.rows(0)))
        })
}

private struct RateOfChange: PairFunction {
    let lookBack: Int
    let fill = 0.0

    func evaluate(_ block: WindowBlock<Double>, into results: UnsafeMutablePointer<Double>, valid: UnsafePointer<UInt8>?) {
        rows_changes_in_percent(block.values, block.values - lookBack, block.count, results)
    }
}
