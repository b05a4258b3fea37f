import Columnar
import Language

extension BuiltinIndicators {
    static let previousValue = SeriesDefinition(
        function: SeriesFunction(
            name: "prev",
            documentation: """
                The value n rows before.
                Formula: x[t − n]. Window: n back. The first n rows are null. A null is passed on as null.
                Source: SQL LAG.
                """,
            inputs: [("x", .any)], parameters: [.distance],
            resultType: { $0 },
            window: { .finite(lookBack: FunctionParameters.firstInt($0), lookAhead: -FunctionParameters.firstInt($0)) }),
        makeKernel: { types, values in
            ShiftKernel(type: types[0], distance: try FunctionParameters(function: "prev", values: values).rows(0))
        })
}
