import Columnar
import Language

extension BuiltinIndicators {
    static let nextValue = SeriesDefinition(
        function: SeriesFunction(
            name: "next",
            documentation: """
                The value n rows after; for targets only, as it looks into the future.
                Formula: x[t + n]. Window: n ahead. The last n rows are null. A null is passed on as null.
                Source: SQL LEAD.
                """,
            inputs: [("x", .any)], parameters: [.distance],
            resultType: { $0 },
            window: { .finite(lookBack: 0, lookAhead: FunctionParameters.firstInt($0)) }),
        makeKernel: { _, values in
            _ = try FunctionParameters(function: "next", values: values).rows(0)
            return PassingKernel()
        })
}
