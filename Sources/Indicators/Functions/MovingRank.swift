import Columnar
import Language

extension BuiltinIndicators {
    static let movingRank = SeriesDefinition(
        function: SeriesFunction(
            name: "rank",
            documentation: """
                The rank of this row's value among the last n rows: 1 for the smallest, n for the largest, ties averaged.
                Formula: (values below x[t]) + (values equal to x[t] + 1) / 2. Window: n − 1 back. The first n − 1 rows are null.
                Null when a value of the window is null; with partial = true, among those that are not, and null where x[t] is.
                Source: pandas' rolling rank with method "average".
                """,
            inputs: [("x", .number)], parameters: [.length, .partial],
            resultType: { _ in .double },
            window: FunctionParameters.lastRows),
        makeKernel: { types, values in
            let parameters = FunctionParameters(function: "rank", values: values)
            let window = RollingWindow(length: try parameters.rows(0), partial: try parameters.flag(1))
            return types[0] == .int ? WindowKernel(Rank<Int64>(window: window)) : WindowKernel(Rank<Double>(window: window))
        })
}

private struct Rank<Element: SeriesElement>: WindowFunction {
    let window: RollingWindow
    var lookBack: Int { window.lookBack }
    var fill: Element { .zero }

    func findResults(_ block: WindowBlock<Element>, _ present: UnsafePointer<Int32>, into valid: UnsafeMutablePointer<UInt8>) {
        window.findResults(block.count, present, into: valid)
        for row in 0..<block.count { valid[row] &= block.valid[row] }
    }

    func evaluate(_ block: WindowBlock<Element>, into results: UnsafeMutablePointer<Double>, valid: UnsafePointer<UInt8>?) {
        for row in 0..<block.count {
            let value = block.values[row]
            let oldest = block.values + (row - lookBack)
            let present = block.valid + (row - lookBack)
            var below = 0
            var equal = 0
            for other in 0..<window.length {
                let counts = Int(present[other])
                below &+= oldest[other] < value ? counts : 0
                equal &+= oldest[other] == value ? counts : 0
            }
            results[row] = Double(below) + Double(equal + 1) / 2
        }
    }
}
