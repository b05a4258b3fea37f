import Columnar
import Language

extension BuiltinIndicators {
    static let movingSum = SeriesDefinition(
        function: SeriesFunction(
            name: "sum",
            documentation: """
                The sum of the last n rows; ints stay ints.
                Formula: x[t] + … + x[t − n + 1]. Window: n − 1 back. The first n − 1 rows are null.
                Null when a value of the window is null; with partial = true, the sum of those that are not, of one or more.
                An int result beyond 64 bits is an error.
                Source: TA-Lib SUM.
                """,
            inputs: [("x", .number)], parameters: [.length, .partial],
            resultType: { $0 },
            window: FunctionParameters.lastRows),
        makeKernel: { types, values in
            let parameters = FunctionParameters(function: "sum", values: values)
            let window = RollingWindow(length: try parameters.rows(0), partial: try parameters.flag(1))
            return types[0] == .int
                ? WindowKernel(IntSum(window: window, spans: WindowSpans(length: window.length)))
                : WindowKernel(DoubleSum(window: window, spans: WindowSpans(length: window.length)))
        })
}

private struct DoubleSum: RollingFunction {
    let window: RollingWindow
    let fill = 0.0
    var spans: WindowSpans<Double>

    mutating func evaluate(_ block: WindowBlock<Double>, into results: UnsafeMutablePointer<Double>, valid: UnsafePointer<UInt8>?) {
        spans.run(Double.windowTotals, block.values, block.count, into: results)
    }
}

private struct IntSum: RollingFunction {
    let window: RollingWindow
    let fill: Int64 = 0
    var spans: WindowSpans<Int64>

    /// Sums that wrap are right whenever the true sum fits; where some might not, the true sums are compared.
    mutating func evaluate(
        _ block: WindowBlock<Int64>, into results: UnsafeMutablePointer<Int64>, valid: UnsafePointer<UInt8>?
    ) throws {
        spans.run(Int64.windowTotals, block.values, block.count, into: results)
        guard mayOverflow(block) else { return }
        for row in 0..<block.count where valid?[row] != 0 {
            var exact: Int128 = 0
            for earlier in (row - lookBack)...row { exact += Int128(block.values[earlier]) }
            if exact != Int128(results[row]) { throw SeriesFault.overflow(function: "sum", value: block.values[row]) }
        }
    }

    private func mayOverflow(_ block: WindowBlock<Int64>) -> Bool {
        var bits: UInt64 = 0
        for row in -lookBack..<block.count { bits |= UInt64(bitPattern: block.values[row] ^ (block.values[row] >> 63)) }
        let lengthBits = Int.bitWidth - window.length.leadingZeroBitCount
        return bits.leadingZeroBitCount <= lengthBits
    }
}
