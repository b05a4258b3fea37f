import CRows
import Columnar
import Language

extension BuiltinIndicators {
    static let stochastic = SeriesDefinition(
        function: SeriesFunction(
            name: "stoch",
            documentation: """
                Lane's stochastic oscillator: where the close stands in the range of the last n rows, from 0 (lowest) to 100 (highest).
                Formula: raw = 100 · (close − min(low, n)) / (max(high, n) − min(low, n)); k = sma(raw, smooth); d = sma(k, d).
                Window: n + smooth − 2 back, of d d − 1 more; so many first rows are null; TA-Lib holds k back until there is a d.
                Null when a row of the window has a null. raw is 0 when the range is 0, or within 2e-14 of the price, as in TA-Lib.
                Source: TA-Lib STOCH with fastk_period = n, slowk_period = smooth, slowd_period = d; STOCHF is smooth = 1.
                """,
            inputs: SeriesFunction.doubles("high", "low", "close"),
            parameters: [.rows(default: 14), .rows("smooth", default: 3), .rows("d", default: 3)],
            resultType: { _ in .double }, window: FunctionParameters.stochastic,
            outputs: ["k", "d"]),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "stoch", values: values)
            return JointWindowKernel(
                Stochastic(
                    series: (0, 1, 2), length: try parameters.rows(0), smooth: try parameters.rows(1, named: "smooth"),
                    signal: try parameters.rows(2, named: "d")), inputs: 3)
        })
}

struct Stochastic: JointWindowFunction {
    /// Which of its series are high, low and close.
    let series: (high: Int, low: Int, close: Int)
    let length: Int
    let smooth: Int
    let signal: Int
    private var range: MovingRange
    private var smoothed: MovingTotal
    private var signals: MovingTotal
    private var raw = Scratch<Double>()
    private var lines = Scratch<Double>()

    init(series: (high: Int, low: Int, close: Int), length: Int, smooth: Int, signal: Int) {
        self.series = series
        self.length = length
        self.smooth = smooth
        self.signal = signal
        range = MovingRange(length: length)
        smoothed = MovingTotal(length: smooth)
        signals = MovingTotal(length: signal)
    }

    var lookBacks: [Int] { [length + smooth - 2, length + smooth + signal - 3] }

    mutating func evaluate(_ block: JointBlock, into results: [UnsafeMutablePointer<Double>]) {
        let close = block.inputs[series.close]
        let lineRows = 1 - signal..<block.count
        let rawRows = 2 - signal - smooth..<block.count
        let (highest, lowest) = range.find(block.inputs[series.high], block.inputs[series.low], rows: rawRows)
        let raw = raw.rows(rawRows)
        let first = rawRows.lowerBound
        rows_places(close + first, lowest + first, highest + first, rawRows.count, raw + first)
        let lines = lines.rows(lineRows)
        smoothed.average(raw, rows: lineRows, into: lines)
        signals.average(lines, rows: 0..<block.count, into: results[1])
        results[0].update(from: lines, count: block.count)
    }
}

extension FunctionParameters {
    /// Windows of windows: of the range, of its average and of that one's.
    static func stochastic(_ values: [Value]) -> Window {
        .finite(lookBack: clampedRows(values, 0) + clampedRows(values, 1) + clampedRows(values, 2) - 3, lookAhead: 0)
    }
}
