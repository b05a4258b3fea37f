import CRows
import Columnar
import Language

extension BuiltinIndicators {
    static let onBalanceVolume = SeriesDefinition(
        function: SeriesFunction(
            name: "obv",
            documentation: """
                Granville's on-balance volume: the volumes of rising rows less those of falling rows.
                Formula: o[0] = volume[0]; o[t] = o[t − 1] + volume[t] where close rises, − volume[t] where it falls, + 0 else.
                Window: recursive. No warm-up. A row with a null has no result and is passed over.
                Source: TA-Lib OBV; Granville, "New Key to Stock Market Profits", 1963.
                """,
            inputs: SeriesFunction.doubles("close", "volume"), parameters: [],
            resultType: { _ in .double }, window: FunctionParameters.recursive),
        makeKernel: { _, _ in
            return RecursiveKernel(OnBalanceVolume())
        })
}

private struct OnBalanceVolume: RecursiveFunction {
    let start = State()

    struct State: BitwiseCopyable {
        /// Rows seen, at most 1.
        var seen: Int64 = 0
        var close = 0.0
        var total = 0.0
    }

    func update(
        _ state: inout State, _ inputs: [UnsafePointer<Double>], _ count: Int, into results: [UnsafeMutablePointer<Double>]
    ) {
        let (close, volume) = (inputs[0], inputs[1])
        let result = results[0]
        // Counts the first row's volume as that of a rise.
        var previous = state.seen == 0 ? -Double.infinity : state.close
        let total = rows_balance_volumes(state.total, close, &previous, volume, 1, result)
        let last = rows_balance_volumes(total, close + 1, close, volume + 1, count - 1, result + 1)
        state = State(seen: 1, close: close[count - 1], total: last)
    }
}
