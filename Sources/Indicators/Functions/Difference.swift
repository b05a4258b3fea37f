import Columnar
import Language

extension BuiltinIndicators {
    static let difference = SeriesDefinition(
        function: SeriesFunction(
            name: "diff",
            documentation: """
                The difference to the value n rows before; ints stay ints.
                Formula: x[t] − x[t − n]. Window: n back. The first n rows are null.
                Null when either value is null or a double result is not finite; an int result beyond 64 bits is an error.
                Source: pandas' diff.
                """,
            inputs: [("x", .number)], parameters: [.distance],
            resultType: { $0 },
            window: { .finite(lookBack: FunctionParameters.firstInt($0), lookAhead: 0) }),
        makeKernel: { types, values in
            let distance = try FunctionParameters(function: "diff", values: values).rows(0)
            return types[0] == .int
                ? WindowKernel(IntDifference(lookBack: distance)) : WindowKernel(DoubleDifference(lookBack: distance))
        })
}

private struct DoubleDifference: PairFunction {
    let lookBack: Int
    let fill = 0.0

    func evaluate(_ block: WindowBlock<Double>, into results: UnsafeMutablePointer<Double>, valid: UnsafePointer<UInt8>?) {
        let newer = block.values
        let older = block.values - lookBack
        for row in 0..<block.count { results[row] = newer[row] - older[row] }
    }
}

private struct IntDifference: PairFunction {
    let lookBack: Int
    let fill: Int64 = 0

    func evaluate(_ block: WindowBlock<Int64>, into results: UnsafeMutablePointer<Int64>, valid: UnsafePointer<UInt8>?) throws {
        let newer = block.values
        let older = block.values - lookBack
        for row in 0..<block.count {
            let (result, overflows) = newer[row].subtractingReportingOverflow(older[row])
            if overflows, valid?[row] != 0 { throw SeriesFault.overflow(function: "diff", value: newer[row]) }
            results[row] = result
        }
    }
}
