import Columnar
import Language

extension BuiltinIndicators {
    static let relativeStrength = SeriesDefinition(
        function: SeriesFunction(
            name: "rsi",
            documentation: """
                Wilder's relative strength index: the share of rises in the recent movement, from 0 to 100.
                Formula: 100 · u / (u + d), u and d Wilder's averages, over n, of the rises and of the falls of x from row to row.
                Window: recursive. The first n rows are null. A null has no result and is passed over.
                0 when u + d is 0, as in TA-Lib, which says so of sums below 1e-14 as well.
                Source: TA-Lib RSI; Wilder, "New Concepts in Technical Trading Systems", 1978.
                """,
            inputs: [("x", .double)], parameters: [.rows(default: 14)],
            resultType: { _ in .double }, window: FunctionParameters.recursive),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "rsi", values: values)
            return RecursiveKernel(RelativeStrength(smoothing: .wilder(try parameters.rows(0))))
        })
}

struct RelativeStrength: RecursiveFunction {
    let smoothing: Smoothing
    let start = State()

    struct State: BitwiseCopyable {
        /// Values seen, at most 1.
        var seen: Int64 = 0
        var previous = 0.0
        var rises = SmoothedAverage()
        var falls = SmoothedAverage()
    }

    func update(
        _ state: inout State, _ inputs: [UnsafePointer<Double>], _ count: Int, into results: [UnsafeMutablePointer<Double>]
    ) {
        let values = inputs[0]
        let result = results[0]
        var current = state
        var row = 0
        if current.seen == 0, count > 0 {
            current.seen = 1
            current.previous = values[0]
            result[0] = .nan
            row = 1
        }
        while row < count, current.falls.seen < smoothing.length {
            let difference = values[row] - current.previous
            current.previous = values[row]
            let rises = current.rises.next(difference > 0 ? difference : 0, smoothing)
            let falls = current.falls.next(difference < 0 ? -difference : 0, smoothing)
            let total = rises + falls
            result[row] = total == 0 ? 0 : 100 * (rises / total)
            row &+= 1
        }
        // As above with the seeds complete, the averages and the value before in registers.
        var (rises, falls, previous) = (current.rises.value, current.falls.value, current.previous)
        while row < count {
            let difference = values[row] - previous
            previous = values[row]
            rises += ((difference > 0 ? difference : 0) - rises) * smoothing.weight
            falls += ((difference < 0 ? -difference : 0) - falls) * smoothing.weight
            let total = rises + falls
            result[row] = total == 0 ? 0 : 100 * (rises / total)
            row &+= 1
        }
        (current.rises.value, current.falls.value, current.previous) = (rises, falls, previous)
        state = current
    }
}
