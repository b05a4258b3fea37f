import Columnar
import Language

extension BuiltinIndicators {
    static let exponentialAverage = SeriesDefinition(
        function: SeriesFunction(
            name: "ema",
            documentation: """
                The exponential moving average, seeded with the simple average of the first n values.
                Formula: e[t] = e[t − 1] + (x[t] − e[t − 1]) · 2 / (n + 1). Window: recursive. The first n − 1 rows are null.
                A null has no result and is passed over: the average goes on with the next value.
                Source: TA-Lib EMA.
                """,
            inputs: [("x", .double)], parameters: [.length],
            resultType: { _ in .double },
            window: { _ in .recursive(lookAhead: 0) }),
        makeKernel: { _, values in
            RecursiveKernel(ExponentialAverage(length: try FunctionParameters(function: "ema", values: values).rows(0)))
        })
}

struct ExponentialAverage: RecursiveFunction {
    let length: Int
    let weight: Double

    init(length: Int) {
        self.length = length
        weight = 2 / Double(length + 1)
    }

    struct State: BitwiseCopyable {
        /// Values seen, as far as they count for the seed.
        var seen: Int64
        /// The sum of the values that make the seed, and from then on the average.
        var value: Double
    }

    var start: State { State(seen: 0, value: 0) }

    func update(_ state: inout State, _ inputs: [UnsafePointer<Double>], _ count: Int, into results: UnsafeMutablePointer<Double>) {
        let values = inputs[0]
        var row = 0
        while row < count, state.seen < length {
            state.seen += 1
            state.value += values[row]
            results[row] = .nan
            if state.seen == length {
                state.value /= Double(length)
                results[row] = state.value
            }
            row += 1
        }
        var average = state.value
        while row < count {
            average += (values[row] - average) * weight
            results[row] = average
            row += 1
        }
        state.value = average
    }
}
