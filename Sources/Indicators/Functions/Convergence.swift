import Columnar
import Language

extension BuiltinIndicators {
    static let convergence = SeriesDefinition(
        function: SeriesFunction(
            name: "macd",
            documentation: """
                Appel's moving average convergence and divergence: a fast exponential average less a slow one, and its own average.
                Formula: macd = ema(x, fast) − ema(x, slow); signal = ema(macd, signal); histogram = macd − signal. As in TA-Lib, both
                averages start at the same row: the fast one is seeded with the last `fast` of the first `slow` values.
                Window: recursive. The first slow − 1 rows are null, of signal and histogram signal − 1 more; TA-Lib holds macd back
                until there is a signal. A null has no result and is passed over.
                Source: TA-Lib MACD.
                """,
            inputs: [("x", .double)],
            parameters: [.rows("fast", default: 12), .rows("slow", default: 26, minimum: 2), .rows("signal", default: 9)],
            resultType: { _ in .double }, window: FunctionParameters.recursive,
            mismatch: FunctionParameters.fastBelowSlow,
            outputs: ["macd", "signal", "histogram"]),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "macd", values: values)
            let (fast, slow) = try parameters.fastAndSlow(0, 1)
            return RecursiveKernel(
                Convergence(
                    fast: .exponential(fast), slow: .exponential(slow),
                    signal: .exponential(try parameters.rows(2, named: "signal"))))
        })
}

private struct Convergence: RecursiveFunction {
    let fast: Smoothing
    let slow: Smoothing
    let signal: Smoothing

    /// The fast average begins so late that both have their first value at the same row.
    var start: State { State(fast: SmoothedAverage(skipping: slow.length - fast.length)) }

    struct State: BitwiseCopyable {
        var fast: SmoothedAverage
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
            for row in 0..<count { lines[row] = fastAverages[row] - slowAverages[row] }
            state.signal.follow(lines, count, signal, into: signals)
            for row in 0..<count { histogram[row] = lines[row] - signals[row] }
        }
    }
}

extension FunctionParameters {
    /// Of two lengths, the first and second parameter, the first must be the smaller one.
    static func fastBelowSlow(_ values: [Value]) -> (parameter: String, expected: String)? {
        guard case .int(let fast) = values[0], case .int(let slow) = values[1], fast >= slow else { return nil }
        return ("fast", "an int below slow = \(slow)")
    }

    func fastAndSlow(_ first: Int, _ second: Int) throws -> (fast: Int, slow: Int) {
        let fast = try rows(first, named: "fast")
        let slow = try rows(second, named: "slow", from: 2)
        guard fast < slow else { throw fault("fast below slow = \(slow)", values[first]) }
        return (fast, slow)
    }
}
