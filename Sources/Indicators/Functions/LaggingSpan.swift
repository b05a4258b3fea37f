import Columnar
import Language

extension BuiltinIndicators {
    static let laggingSpan = SeriesDefinition(
        function: SeriesFunction(
            name: "chikou",
            documentation: """
                Ichimoku's lagging line, the close drawn `displacement` − 1 rows earlier; for targets and charts only, as it looks into the future.
                Formula: close[t + displacement − 1]. Window: displacement − 1 ahead. The last displacement − 1 rows are null.
                A null is passed on as null.
                Source: Hosoda, "Ichimoku Kinko Hyo", 1969; the displacement counts this row, as in `ichimoku`.
                """,
            inputs: SeriesFunction.doubles("close"), parameters: [.rows("displacement", default: 26)],
            resultType: { _ in .double },
            window: { .finite(lookBack: 0, lookAhead: FunctionParameters.firstInt($0) - 1) }),
        makeKernel: { _, values in
            _ = try FunctionParameters(function: "chikou", values: values).rows(0, named: "displacement")
            return PassingKernel()
        })
}
