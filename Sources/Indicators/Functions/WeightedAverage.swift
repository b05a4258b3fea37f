import Columnar
import Language

extension BuiltinIndicators {
    static let weightedAverage = SeriesDefinition(
        function: SeriesFunction(
            name: "wma",
            documentation: """
                The weighted moving average of the last n rows, whose weights rise from 1 (oldest) to n (newest).
                Formula: (n · x[t] + (n − 1) · x[t − 1] + … + x[t − n + 1]) / (n · (n + 1) / 2). Window: n − 1 back.
                The first n − 1 rows are null. Null when a value of the window is null.
                Source: TA-Lib WMA.
                """,
            inputs: [("x", .double)], parameters: [.length],
            resultType: { _ in .double }, window: FunctionParameters.lastRows),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "wma", values: values)
            return JointWindowKernel(WeightedAverage(length: try parameters.rows(0)), inputs: 1)
        })
}

private struct WeightedAverage: JointWindowFunction {
    let length: Int

    var lookBacks: [Int] { [length - 1] }

    mutating func evaluate(_ block: JointBlock, into results: [UnsafeMutablePointer<Double>]) {
        let total = Double(length) * Double(length + 1) / 2
        for row in stride(from: 0, to: block.count, by: JointBlock.lanes) {
            let newest = block.inputs[0] + row
            var weight = Double(length)
            var sum = SIMD8<Double>.zero
            for back in 0..<length {
                sum += (newest - back).lanes * weight
                weight -= 1
            }
            (results[0] + row).lanes = sum / total
        }
    }
}
