import Columnar
import Language

extension BuiltinIndicators {
    static let supertrend = SeriesDefinition(
        function: SeriesFunction(
            name: "supertrend",
            documentation: """
                The supertrend: a stop k average true ranges from the middle of the row, that only moves with the trend, and the trend's direction.
                Formula: u = (high + low) / 2 + k · atr(high, low, close, n), and l with −; an upper band takes up u where that is lower than itself
                or the close before was above it, a lower band l likewise. The trend turns up (direction 1) where the close is above the upper
                band, down (−1) where it is below the lower one, and begins down; supertrend is the lower band in a trend up, else the upper one.
                Window: recursive. The first n rows are null. A row with a null has no result and is passed over.
                Source: Seban's indicator as charts draw it; TA-Lib's ATR.
                """,
            inputs: SeriesFunction.doubles("high", "low", "close"), parameters: [.rows(default: 10), .factor("k", default: 3)],
            resultType: { _ in .double }, window: FunctionParameters.recursive,
            outputs: ["supertrend", "direction"]),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "supertrend", values: values)
            return RecursiveKernel(
                Supertrend(smoothing: .wilder(try parameters.rows(0)), factor: try parameters.number(1, named: "k")))
        })
}

private struct Supertrend: RecursiveFunction {
    let smoothing: Smoothing
    let factor: Double
    let start = State()

    struct State: BitwiseCopyable {
        var range = AverageTrueRange()
        /// Before the first bands, any band is nearer.
        var upper = Double.infinity
        var lower = -Double.infinity
        var direction = -1.0
    }

    func update(
        _ state: inout State, _ inputs: [UnsafePointer<Double>], _ count: Int, into results: [UnsafeMutablePointer<Double>]
    ) {
        let (high, low, close) = (inputs[0], inputs[1], inputs[2])
        let (lines, directions) = (results[0], results[1])
        var current = state
        for row in 0..<count {
            let previousClose = current.range.previousClose
            let distance = factor * current.range.next(high: high[row], low: low[row], close: close[row], smoothing)
            guard !distance.isNaN else {
                (lines[row], directions[row]) = (.nan, .nan)
                continue
            }
            let middle = (high[row] + low[row]) / 2
            let (upper, lower) = (middle + distance, middle - distance)
            if upper < current.upper || previousClose > current.upper { current.upper = upper }
            if lower > current.lower || previousClose < current.lower { current.lower = lower }
            if current.direction < 0 {
                if close[row] > current.upper { current.direction = 1 }
            } else if close[row] < current.lower {
                current.direction = -1
            }
            lines[row] = current.direction > 0 ? current.lower : current.upper
            directions[row] = current.direction
        }
        state = current
    }
}
