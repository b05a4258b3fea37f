import Columnar
import Language

extension BuiltinIndicators {
    static let stochasticStrength = SeriesDefinition(
        function: SeriesFunction(
            name: "stoch_rsi",
            documentation: """
                Chande and Kroll's stochastic RSI: where the RSI stands in its own range of the last `window` rows, from 0 to 100.
                Formula: r = rsi(x, n); raw = 100 · (r − min(r, window)) / (max(r, window) − min(r, window)); k = sma(raw, smooth); d = sma(k, d).
                Window: recursive. The first n + window + smooth − 2 rows are null, of d d − 1 more. A null has no result and is passed over by
                the RSI; k and d are null until their windows of the RSI are without one again. raw is 0 when the range is 0, as in TA-Lib.
                Source: TA-Lib STOCHRSI is smooth = 1, fastk_period = window, fastd_period = d; charts smooth over 3.
                """,
            inputs: [("x", .double)],
            parameters: [.rows(default: 14), .rows("window", default: 14), .rows("smooth", default: 3), .rows("d", default: 3)],
            resultType: { _ in .double }, window: FunctionParameters.recursive,
            outputs: ["k", "d"]),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "stoch_rsi", values: values)
            let stochastic = Stochastic(
                series: (0, 0, 0), length: try parameters.rows(1, named: "window"), smooth: try parameters.rows(2, named: "smooth"),
                signal: try parameters.rows(3, named: "d"))
            let strength = RelativeStrength(smoothing: .wilder(try parameters.rows(0)))
            return PipedKernel(RecursiveKernel(strength), links: 1, JointWindowKernel(stochastic, inputs: 1))
        })
}
