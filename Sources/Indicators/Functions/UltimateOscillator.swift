import CRows
import Columnar
import Language

extension BuiltinIndicators {
    static let ultimateOscillator = SeriesDefinition(
        function: SeriesFunction(
            name: "ultimate",
            documentation: """
                Williams' ultimate oscillator: buying pressure over three lengths of time, from 0 to 100.
                Formula: 100 · (4 · q(short) + 2 · q(medium) + q(long)) / 7; q(n) = Σ (close − low′) / Σ (high′ − low′) over the last n rows;
                low′ = min(low[t], close[t − 1]), high′ = max(high[t], close[t − 1]). Window: long back. The first `long` rows are null.
                Null when a row of the window has a null. A q whose divisor is 0 counts as 0, as in TA-Lib.
                Source: TA-Lib ULTOSC; Williams, "The Ultimate Oscillator", Stocks & Commodities, 1985.
                """,
            inputs: SeriesFunction.doubles("high", "low", "close"),
            parameters: [.rows("short", default: 7), .rows("medium", default: 14), .rows("long", default: 28)],
            resultType: { _ in .double }, window: { .finite(lookBack: FunctionParameters.clampedRows($0, 2), lookAhead: 0) },
            mismatch: { values in
                guard case .int(let short) = values[0], case .int(let medium) = values[1], case .int(let long) = values[2] else {
                    return nil
                }
                if short > medium { return ("short", "an int of at most medium = \(medium)") }
                return medium > long ? ("medium", "an int of at most long = \(long)") : nil
            }),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "ultimate", values: values)
            let lengths = [
                try parameters.rows(0, named: "short"), try parameters.rows(1, named: "medium"), try parameters.rows(2, named: "long"),
            ]
            guard lengths[0] <= lengths[1], lengths[1] <= lengths[2] else {
                throw parameters.fault("short, medium, long ascending", values[0])
            }
            return JointWindowKernel(UltimateOscillator(lengths: lengths), inputs: 3)
        })
}

private struct UltimateOscillator: JointWindowFunction {
    private let lengths: [Int]
    private let longest: Int
    private var pressure = Scratch<Double>()
    private var range = Scratch<Double>()
    private var spans = Scratch<Double>()
    /// By length, the totals of pressures, then those of ranges.
    private var totals = [Scratch<Double>](repeating: Scratch(), count: 6)

    /// `lengths` ascend.
    init(lengths: [Int]) {
        self.lengths = lengths
        longest = lengths[2]
    }

    var lookBacks: [Int] { [longest] }

    mutating func evaluate(_ block: JointBlock, into results: [UnsafeMutablePointer<Double>]) {
        let first = 1 - longest
        let pressure = pressure.rows(first..<block.count)
        let range = range.rows(first..<block.count)
        let (high, low, close) = (block.inputs[0] + first, block.inputs[1] + first, block.inputs[2] + first)
        rows_pressures(high, low, close, block.count - first, pressure + first, range + first)
        spans.reserve(2 * rows_column_width(block.count, longest))
        var found: [UnsafeMutablePointer<Double>?] = totals.indices.map { totals[$0].rows(0..<block.count) }
        found.withUnsafeMutableBufferPointer { found in
            rows_window_totals_of_three(pressure, block.count, lengths, spans.pointer, found.baseAddress!)
            rows_window_totals_of_three(range, block.count, lengths, spans.pointer, found.baseAddress! + 3)
        }
        rows_ultimate(found, block.count, results[0])
    }
}
