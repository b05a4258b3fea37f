import CRows
import Columnar
import Language

extension BuiltinIndicators {
    static let accumulationDistribution = SeriesDefinition(
        function: SeriesFunction(
            name: "ad",
            documentation: """
                Chaikin's accumulation and distribution line: the volumes, each weighted by where the close stands in its row's range, summed up.
                Formula: a[t] = a[t − 1] + volume · ((close − low) − (high − close)) / (high − low), 0 before the first row.
                Window: recursive. No warm-up. A row with a null has no result and is passed over. A row without a range adds 0, as in TA-Lib.
                Source: TA-Lib AD.
                """,
            inputs: SeriesFunction.doubles("high", "low", "close", "volume"), parameters: [],
            resultType: { _ in .double }, window: FunctionParameters.recursive),
        makeKernel: { _, _ in
            return RecursiveKernel(AccumulationDistribution())
        })
}

private struct AccumulationDistribution: RecursiveFunction {
    let start = State()

    struct State: BitwiseCopyable {
        var total = 0.0
    }

    func update(
        _ state: inout State, _ inputs: [UnsafePointer<Double>], _ count: Int, into results: [UnsafeMutablePointer<Double>]
    ) {
        state.total = rows_distributed_volumes(state.total, inputs[0], inputs[1], inputs[2], inputs[3], count, results[0])
    }
}
