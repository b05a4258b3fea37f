import CRows
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
    private var spans = Scratch<Double>()

    init(length: Int) { self.length = length }

    var lookBacks: [Int] { [length, length, length] }

    mutating func evaluate(_ block: JointBlock, into results: [UnsafeMutablePointer<Double>]) {
        let (up, down, oscillator) = (results[0], results[1], results[2])
        spans.reserve(4 * rows_column_width(block.count, length + 1))
        rows_ages_of_maxima(block.inputs[0], block.count, length + 1, spans.pointer, up)
        rows_ages_of_minima(block.inputs[1], block.count, length + 1, spans.pointer, down)
        rows_youth_in_percent(up, block.count, length)
        rows_youth_in_percent(down, block.count, length)
        for row in 0..<block.count { oscillator[row] = up[row] - down[row] }
    }
}
