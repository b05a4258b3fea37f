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
    let share: Double
    let start = State()

    init(length: Int) {
        self.length = Int64(length)
        share = 1 / Double(length)
    }

    struct State: BitwiseCopyable {
        /// Rows seen, as far as they count for the start: 2 · n.
        var seen: Int64 = 0
        var high = 0.0
        var low = 0.0
        var close = 0.0
        var rises = 0.0
        var falls = 0.0
        var ranges = 0.0
        /// The sum of the values that make the first average, and from then on the average.
        var strength = 0.0
    }

    func update(
        _ state: inout State, _ inputs: [UnsafePointer<Double>], _ count: Int, into results: [UnsafeMutablePointer<Double>]
    ) {
        let (high, low, close) = (inputs[0], inputs[1], inputs[2])
        let (strengths, plus, minus) = (results[0], results[1], results[2])
        var current = state
        for row in 0..<count {
            let rise = high[row] - current.high
            let fall = current.low - low[row]
            let range = trueRange(high: high[row], low: low[row], previousClose: current.close)
            current.high = high[row]
            current.low = low[row]
            current.close = close[row]
            strengths[row] = .nan
            guard current.seen > 0 else {
                current.seen = 1
                (plus[row], minus[row]) = (.nan, .nan)
                continue
            }
            // Until n − 1 movements are summed, nothing is taken off.
            let lost = current.seen < length ? 0 : share
            current.rises += (rise > 0 && rise > fall ? rise : 0) - current.rises * lost
            current.falls += (fall > 0 && fall > rise ? fall : 0) - current.falls * lost
            current.ranges += range - current.ranges * lost
            guard current.seen >= length else {
                current.seen &+= 1
                (plus[row], minus[row]) = (.nan, .nan)
                continue
            }
            let up = current.ranges == 0 ? 0 : 100 * (current.rises / current.ranges)
            let down = current.ranges == 0 ? 0 : 100 * (current.falls / current.ranges)
            (plus[row], minus[row]) = (up, down)
            let total = up + down
            let movement = 100 * ((up > down ? up - down : down - up) / total)
            if current.seen >= 2 * length {
                if total != 0 { current.strength += (movement - current.strength) * share }
                strengths[row] = current.strength
                continue
            }
            current.seen &+= 1
            if total != 0 { current.strength += movement }
            if current.seen == 2 * length {
                current.strength *= share
                strengths[row] = current.strength
            }
        }
        state = current
    }
}
