import CRows
import Columnar
import Language

extension BuiltinIndicators {
    static let directionalMovement = SeriesDefinition(
        function: SeriesFunction(
            name: "adx",
            documentation: """
                Wilder's directional movement: how strongly the price trends (adx), and its movement up and down (plus_di, minus_di), 0 to 100.
                Formula: up = high[t] − high[t − 1] where that is above 0 and above low[t − 1] − low[t], else 0; down the other way round;
                plus_di and minus_di = 100 · S(up) / S(true range) and 100 · S(down) / S(true range), S[t] = S[t − 1] − S[t − 1] / n + x[t], begun
                with the sum of n − 1 rows; adx is Wilder's average, over n, of 100 · |plus_di − minus_di| / (plus_di + minus_di).
                Window: recursive. The first n rows are null, of adx the first 2 · n − 1. A row with a null has no result and is passed over.
                As in TA-Lib, plus_di and minus_di are 0 when S(true range) is 0, and adx passes over rows where both are 0; TA-Lib takes
                what is below 1e-14 for 0.
                Source: TA-Lib ADX, PLUS_DI, MINUS_DI; Wilder, "New Concepts in Technical Trading Systems", 1978.
                """,
            inputs: SeriesFunction.doubles("high", "low", "close"), parameters: [.rows(default: 14, minimum: 2)],
            resultType: { _ in .double }, window: FunctionParameters.recursive,
            outputs: ["adx", "plus_di", "minus_di"]),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "adx", values: values)
            return RecursiveKernel(DirectionalMovement(length: try parameters.rows(0, from: 2)))
        })
}

private struct DirectionalMovement: RecursiveFunction {
    let length: Int64
    private let movement: Smoothing
    private let strength: Smoothing

    /// Of the movements, n − 1 are summed before any of the sum is taken off; a sum is n times the average.
    init(length: Int) {
        self.length = Int64(length)
        movement = Smoothing(length: length - 1, divisor: length, weight: 1 / Double(length))
        strength = .wilder(length)
    }

    let start = State()

    struct State: BitwiseCopyable {
        /// Rows seen, as far as they count for the first result: n.
        var seen: Int64 = 0
        var high = Double.nan
        var low = Double.nan
        var range = TrueRange()
        var rises = SmoothedAverage(skipping: 1)
        var falls = SmoothedAverage(skipping: 1)
        var ranges = SmoothedAverage(skipping: 1)
        var strengths = SmoothedAverage()
        /// The last result.
        var strength = Double.nan
    }

    func update(
        _ state: inout State, _ inputs: [UnsafePointer<Double>], _ count: Int, into results: [UnsafeMutablePointer<Double>]
    ) {
        withColumns(5) { memory in
            averageMovements(&state, inputs, count, memory)
            let (strengths, plus, minus) = (results[0], results[1], results[2])
            rows_parts(memory(0), memory(2), count, plus)
            rows_parts(memory(1), memory(2), count, minus)
            // The seed's row has no result yet.
            var row = 0
            while row < count, state.seen < length {
                (plus[row], minus[row]) = (.nan, .nan)
                state.seen += 1
                row += 1
            }
            for row in 0..<row { strengths[row] = .nan }
            let rest = count - row
            rows_imbalances(plus + row, minus + row, rest, memory(3))
            averageStrengths(&state, memory(3), rest, into: strengths + row)
        }
    }

    /// Into columns 0, 1 and 2 of `memory`, the averages of rises, falls and true ranges.
    @inline(__always)
    private func averageMovements(
        _ state: inout State, _ bars: [UnsafePointer<Double>], _ count: Int, _ memory: (Int) -> UnsafeMutablePointer<Double>
    ) {
        let (high, low, close) = (bars[0], bars[1], bars[2])
        rows_directional_movements(high, low, &state.high, &state.low, 1, memory(3), memory(4))
        rows_directional_movements(high + 1, low + 1, high, low, count - 1, memory(3) + 1, memory(4) + 1)
        (state.high, state.low) = (high[count - 1], low[count - 1])
        state.rises.follow(memory(3), count, movement, into: memory(0))
        state.falls.follow(memory(4), count, movement, into: memory(1))
        state.range.follow(high, low, close, count, into: memory(3))
        state.ranges.follow(memory(3), count, movement, into: memory(2))
    }

    /// A row without movement, which is NaN, counts for the seed as 0, and later leaves the average as it is.
    private func averageStrengths(
        _ state: inout State, _ imbalances: UnsafeMutablePointer<Double>, _ count: Int, into results: UnsafeMutablePointer<Double>
    ) {
        if count > 0, state.strengths.isSeeded(strength), Double.allFinite(imbalances, count) {
            state.strengths.follow(imbalances, count, strength, into: results)
            state.strength = results[count - 1]
            return
        }
        for row in 0..<count {
            var imbalance = imbalances[row]
            if imbalance.isNaN, !state.strengths.isSeeded(strength) { imbalance = 0 }
            if !imbalance.isNaN { state.strengths.follow(&imbalance, 1, strength, into: &state.strength) }
            results[row] = state.strength
        }
    }
}
