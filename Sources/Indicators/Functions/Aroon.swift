import Columnar
import Language

extension BuiltinIndicators {
    static let aroon = SeriesDefinition(
        function: SeriesFunction(
            name: "aroon",
            documentation: """
                Chande's Aroon: how lately the highest high and the lowest low came, from 0 (n rows ago) to 100 (this row).
                Formula: up = 100 · (n − rows since the highest high of the last n + 1 rows) / n; down the same of the lowest low; of equal ones the
                latest counts; oscillator = up − down. Window: n back. The first n rows are null. Null when a row of the window has a null.
                Source: TA-Lib AROON, AROONOSC; Chande, "A Time Price Oscillator", Stocks & Commodities, 1995.
                """,
            inputs: SeriesFunction.doubles("high", "low"), parameters: [.rows(default: 14)],
            resultType: { _ in .double }, window: FunctionParameters.rowsBefore,
            outputs: ["up", "down", "oscillator"]),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "aroon", values: values)
            return JointWindowKernel(Aroon(length: try parameters.rows(0)), inputs: 2)
        })
}

private struct Aroon: JointWindowFunction {
    let length: Int

    var lookBacks: [Int] { [length, length, length] }

    mutating func evaluate(_ block: JointBlock, into results: [UnsafeMutablePointer<Double>]) {
        let (up, down, oscillator) = (results[0], results[1], results[2])
        rate(block.inputs[0], block.count, into: up) { $0 >= $1 }
        rate(block.inputs[1], block.count, into: down) { $0 <= $1 }
        for row in 0..<block.count { oscillator[row] = up[row] - down[row] }
    }

    /// The window is searched again only when its extreme leaves it; comparisons round nothing, so any order gives the same.
    @inline(__always)
    private func rate(
        _ values: UnsafePointer<Double>, _ count: Int, into results: UnsafeMutablePointer<Double>, replaces: (Double, Double) -> Bool
    ) {
        var extreme = -length - 1
        for row in 0..<count {
            if extreme < row - length {
                extreme = row - length
                for newer in (row - length + 1)...row where replaces(values[newer], values[extreme]) { extreme = newer }
            } else if replaces(values[row], values[extreme]) {
                extreme = row
            }
            results[row] = 100 * (Double(length - (row - extreme)) / Double(length))
        }
    }
}
