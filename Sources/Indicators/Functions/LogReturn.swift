import Columnar
import Foundation
import Language

extension BuiltinIndicators {
    static let logReturn = SeriesDefinition(
        function: SeriesFunction(
            name: "log_return",
            documentation: """
                The logarithmic return over n rows.
                Formula: ln(x[t] / x[t − n]). Window: n back. The first n rows are null.
                Null when either value is null or their quotient is not above 0 and finite.
                Source: the continuously compounded return; Campbell, Lo, MacKinlay, "The Econometrics of Financial Markets", 1997, 1.4.
                """,
            inputs: [("x", .double)], parameters: [.distance],
            resultType: { _ in .double }, window: FunctionParameters.rowsBefore),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "log_return", values: values)
            return WindowKernel(LogReturn(lookBack: try parameters.rows(0)))
        })
}

private struct LogReturn: PairFunction {
    let lookBack: Int
    let fill = 0.0

    /// Logarithms of 0 and of negative numbers are not finite, hence null.
    func evaluate(_ block: WindowBlock<Double>, into results: UnsafeMutablePointer<Double>, valid: UnsafePointer<UInt8>?) {
        let newer = block.values
        let older = block.values - lookBack
        for row in 0..<block.count { results[row] = log(newer[row] / older[row]) }
    }
}
