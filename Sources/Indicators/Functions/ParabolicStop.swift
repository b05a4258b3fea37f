import Columnar
import Language

extension BuiltinIndicators {
    static let parabolicStop = SeriesDefinition(
        function: SeriesFunction(
            name: "psar",
            documentation: """
                Wilder's parabolic stop and reverse: a stop that follows the trend faster the longer it lasts, and turns when the price meets it.
                Formula: s[t + 1] = s[t] + a · (e − s[t]), e the trend's extreme, a rising by `step` up to `maximum` with each new extreme; never beyond
                the extremes against the trend of this row and the one before. A row that meets s turns the trend: s becomes e, a becomes `step`.
                The first trend is down when the second row's low falls further than its high rises, else up.
                Window: recursive. The first row is null. A row with a null has no result and is passed over.
                Source: TA-Lib SAR; Wilder, "New Concepts in Technical Trading Systems", 1978.
                """,
            inputs: SeriesFunction.doubles("high", "low"), parameters: [.factor("step", default: 0.02), .factor("maximum", default: 0.2)],
            resultType: { _ in .double }, window: FunctionParameters.recursive),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "psar", values: values)
            let maximum = try parameters.number(1, named: "maximum")
            return RecursiveKernel(ParabolicStop(step: min(try parameters.number(0, named: "step"), maximum), maximum: maximum))
        })
}

/// A trend down is computed as one up of negated prices, which rounds nothing.
private struct ParabolicStop: RecursiveFunction {
    let step: Double
    let maximum: Double
    let start = State()

    struct State: BitwiseCopyable {
        /// Rows seen, at most 2.
        var seen: Int64 = 0
        var high = 0.0
        var low = 0.0
        /// 1 in a trend up, −1 in one down; `stop` and `extreme` are multiplied by it.
        var direction = 1.0
        var stop = 0.0
        var extreme = 0.0
        var speed = 0.0
    }

    func update(
        _ state: inout State, _ inputs: [UnsafePointer<Double>], _ count: Int, into results: [UnsafeMutablePointer<Double>]
    ) {
        let (high, low) = (inputs[0], inputs[1])
        let result = results[0]
        var current = state
        for row in 0..<count {
            if current.seen < 2 { begin(&current, high[row], low[row]) }
            result[row] = current.seen < 2 ? .nan : next(&current, high[row], low[row])
            if current.seen < 2 { current.seen &+= 1 }
            current.high = high[row]
            current.low = low[row]
        }
        state = current
    }

    /// The second row decides on the first trend.
    @inline(__always)
    private func begin(_ state: inout State, _ high: Double, _ low: Double) {
        guard state.seen == 1 else { return }
        let rise = high - state.high
        let fall = state.low - low
        state.direction = fall > 0 && fall > rise ? -1 : 1
        state.stop = state.direction > 0 ? state.low : -state.high
        state.extreme = state.direction > 0 ? high : -low
        state.speed = step
        state.seen = 2
        // The first step looks back on this row only.
        state.high = high
        state.low = low
    }

    @inline(__always)
    private func next(_ state: inout State, _ high: Double, _ low: Double) -> Double {
        let isUp = state.direction > 0
        var (with, against) = isUp ? (high, low) : (-low, -high)
        var (previousWith, previousAgainst) = isUp ? (state.high, state.low) : (-state.low, -state.high)
        if against <= state.stop {
            // Turned over, what was the far side is the near one.
            state.direction = -state.direction
            (with, against, previousWith, previousAgainst) = (-against, -with, -previousAgainst, -previousWith)
            state.stop = min(-state.extreme, previousAgainst, against)
            state.extreme = with
            state.speed = step
        } else if with > state.extreme {
            state.extreme = with
            state.speed = min(state.speed + step, maximum)
            return follow(&state, previousAgainst, against, shown: state.stop)
        }
        return follow(&state, previousAgainst, against, shown: state.stop)
    }

    @inline(__always)
    private func follow(_ state: inout State, _ previousAgainst: Double, _ against: Double, shown: Double) -> Double {
        state.stop = min(state.stop + state.speed * (state.extreme - state.stop), previousAgainst, against)
        return shown * state.direction
    }
}
