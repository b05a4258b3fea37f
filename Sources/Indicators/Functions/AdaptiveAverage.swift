import CRows
import Columnar
import Language

extension BuiltinIndicators {
    static let adaptiveAverage = SeriesDefinition(
        function: SeriesFunction(
            name: "kama",
            documentation: """
                Kaufman's adaptive moving average: fast where the price moves straight, slow where it moves to and fro.
                Formula: a[t] = a[t − 1] + c² · (x[t] − a[t − 1]); c = e · (2 / (fast + 1) − 2 / (slow + 1)) + 2 / (slow + 1);
                e = |x[t] − x[t − n]| / Σ |x[i] − x[i − 1]|, i from t − n + 1 to t. The first a[t − 1] is x[t − 1].
                Window: recursive. The first n rows are null. Null while one of the last n + 1 values is; then the average goes on.
                e is 1 when the sum is 0, as in TA-Lib, which also takes e for 1 in a fall that is as large as the sum.
                Source: TA-Lib KAMA (fast = 2, slow = 30); Kaufman, "Smarter Trading", 1995.
                """,
            inputs: [("x", .double)], parameters: [.rows(default: 10), .rows("fast", default: 2), .rows("slow", default: 30, minimum: 2)],
            resultType: { _ in .double }, window: FunctionParameters.recursive,
            mismatch: { values in
                guard case .int(let fast) = values[1], case .int(let slow) = values[2], fast >= slow else { return nil }
                return ("fast", "an int below slow = \(slow)")
            }),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "kama", values: values)
            let (fast, slow) = try parameters.fastAndSlow(1, 2)
            let efficiency = Efficiency(length: try parameters.rows(0), fast: 2 / Double(fast + 1), slow: 2 / Double(slow + 1))
            return PipedKernel(JointWindowKernel(efficiency, inputs: 1), links: 3, RecursiveKernel(AdaptiveAverage()))
        })
}

/// A row's weight, its value, and the value before it.
private struct Efficiency: JointWindowFunction {
    let length: Int
    let fast: Double
    let slow: Double
    private var path: MovingTotal
    private var steps = Scratch<Double>()

    init(length: Int, fast: Double, slow: Double) {
        self.length = length
        self.fast = fast
        self.slow = slow
        path = MovingTotal(length: length)
    }

    var lookBacks: [Int] { [length, 0, 1] }

    mutating func evaluate(_ block: JointBlock, into results: [UnsafeMutablePointer<Double>]) {
        let values = block.inputs[0]
        let first = 1 - length
        let steps = steps.rows(first..<block.count)
        rows_steps(values + first, block.count - first, steps + first)
        let paths = path.add(steps, rows: 0..<block.count)
        rows_efficiency_weights(values, paths, block.count, length, fast, slow, results[0])
        results[1].update(from: values, count: block.count)
        results[2].update(from: values - 1, count: block.count)
    }
}

private struct AdaptiveAverage: RecursiveFunction {
    let start = State()

    struct State: BitwiseCopyable {
        /// Rows seen, at most 1.
        var seen: Int64 = 0
        var average = rows_adaptive_average()
    }

    func update(
        _ state: inout State, _ inputs: [UnsafePointer<Double>], _ count: Int, into results: [UnsafeMutablePointer<Double>]
    ) {
        let (weights, values, previous) = (inputs[0], inputs[1], inputs[2])
        if state.seen == 0 {
            state.seen = 1
            state.average.value = previous[0]
        }
        rows_adaptive_average_values(&state.average, weights, values, count, results[0])
    }
}
