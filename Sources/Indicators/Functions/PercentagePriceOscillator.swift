import CRows
import Columnar
import Language

extension BuiltinIndicators {
    static let percentagePriceOscillator = SeriesDefinition(
        function: SeriesFunction(
            name: "ppo",
            documentation: """
                The percentage price oscillator: how far a fast exponential average stands above a slow one, in percent of the slow one.
                Formula: ppo = 100 · (ema(x, fast) − ema(x, slow)) / ema(x, slow); signal = ema(ppo, signal); histogram = ppo − signal.
                Window: recursive. The first slow − 1 rows are null, of signal and histogram signal − 1 more.
                A null has no result and is passed over. 0 when the slow average is 0, as in TA-Lib.
                Source: TA-Lib PPO with matype = 1; its default, simple averages, is not what charts show. It has no signal.
                """,
            inputs: [("x", .double)],
            parameters: [.rows("fast", default: 12), .rows("slow", default: 26, minimum: 2), .rows("signal", default: 9)],
            resultType: { _ in .double }, window: FunctionParameters.recursive,
            mismatch: FunctionParameters.fastBelowSlow,
            outputs: ["ppo", "signal", "histogram"]),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "ppo", values: values)
            let (fast, slow) = try parameters.fastAndSlow(0, 1)
            return RecursiveKernel(
                PercentagePriceOscillator(
                    fast: .exponential(fast), slow: .exponential(slow),
                    signal: .exponential(try parameters.rows(2, named: "signal"))))
        })
}

private struct PercentagePriceOscillator: RecursiveFunction {
    let fast: Smoothing
    let slow: Smoothing
    let signal: Smoothing
    let start = State()

    struct State: BitwiseCopyable {
        var fast = SmoothedAverage()
        var slow = SmoothedAverage()
        var signal = SmoothedAverage()
    }

    func update(
        _ state: inout State, _ inputs: [UnsafePointer<Double>], _ count: Int, into results: [UnsafeMutablePointer<Double>]
    ) {
        withColumns(2) { memory in
            let (lines, signals, histogram) = (results[0], results[1], results[2])
            let (fastAverages, slowAverages) = (memory(0), memory(1))
            state.fast.follow(inputs[0], count, fast, into: fastAverages)
            state.slow.follow(inputs[0], count, slow, into: slowAverages)
            for row in 0..<count { fastAverages[row] -= slowAverages[row] }
            rows_parts(fastAverages, slowAverages, count, lines)
            state.signal.follow(lines, count, signal, into: signals)
            for row in 0..<count { histogram[row] = lines[row] - signals[row] }
        }
    }
}
