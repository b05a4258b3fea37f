import Columnar
import Language

extension BuiltinIndicators {
    static let change = SeriesDefinition(
        function: SeriesFunction(
            name: "change",
            documentation: """
                The relative change over n rows.
                Formula: x[t] / x[t − n] − 1. Window: n back. The first n rows are null.
                Null when either value is null, when x[t − n] is 0 or when the result is not finite.
                Source: the simple return, as in pandas' pct_change.
                """,
            inputs: [("x", .double)], parameters: [.distance],
            resultType: { _ in .double },
            window: { .finite(lookBack: FunctionParameters.firstInt($0), lookAhead: 0) }),
        makeKernel: { _, values in
            WindowKernel(RelativeChange(lookBack: try FunctionParameters(function: "change", values: values).rows(0)))
        })
}

private struct RelativeChange: PairFunction {
    let lookBack: Int
    let fill = 0.0

    /// A division by 0 is not finite, hence null.
    func evaluate(_ block: WindowBlock<Double>, into results: UnsafeMutablePointer<Double>, valid: UnsafePointer<UInt8>?) {
        let newer = block.values
        let older = block.values - lookBack
        for row in 0..<block.count { results[row] = newer[row] / older[row] - 1 }
    }
}
