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
        var bands = Bands()
    }

    struct Bands: BitwiseCopyable {
        /// Before the first bands, any band is nearer.
        var upper = Double.infinity
        var lower = -Double.infinity
        var previousClose = 0.0
        var direction = -1.0
    }

    func update(
        _ state: inout State, _ inputs: [UnsafePointer<Double>], _ count: Int, into results: [UnsafeMutablePointer<Double>]
    ) {
        withColumns(2) { memory in
            let (high, low, close) = (inputs[0], inputs[1], inputs[2])
            state.range.follow(high, low, close, count, smoothing, ranges: memory(0), into: memory(1))
            let (lines, directions, ranges) = (results[0], results[1], memory(1))
            var bands = state.bands
            for row in 0..<count {
                let isKnown = !ranges[row].isNaN
                if isKnown { follow(&bands, middle: (high[row] + low[row]) / 2, distance: factor * ranges[row], close: close[row]) }
                bands.previousClose = close[row]
                lines[row] = !isKnown ? .nan : bands.direction > 0 ? bands.lower : bands.upper
                directions[row] = isKnown ? bands.direction : .nan
            }
            state.bands = bands
        }
    }

    @inline(__always)
    private func follow(_ bands: inout Bands, middle: Double, distance: Double, close: Double) {
        let (upper, lower) = (middle + distance, middle - distance)
        if upper < bands.upper || bands.previousClose > bands.upper { bands.upper = upper }
        if lower > bands.lower || bands.previousClose < bands.lower { bands.lower = lower }
        if bands.direction < 0 {
            if close > bands.upper { bands.direction = 1 }
        } else if close < bands.lower {
            bands.direction = -1
        }
    }
}
