import CRows
import Columnar
import Language

extension BuiltinIndicators {
    static let standardDeviation = SeriesDefinition(
        function: SeriesFunction(
            name: "stddev",
            documentation: """
                The standard deviation of the last n rows around their own mean.
                Formula: sqrt(Σ (x[i] − mean)² / (n − ddof)), i from t − n + 1 to t; ddof = 1 is the sample form.
                Window: n − 1 back. The first n − 1 rows are null. Null when a value of the window is null;
                with partial = true, of those that are not, of ddof + 1 or more.
                Source: Chan, Golub, LeVeque, "Algorithms for computing the sample variance", 1983: spans combined in pairs.
                """,
            inputs: [("x", .double)],
            parameters: [.length, SeriesFunction.Parameter("ddof", .int, default: .int(1), minimum: 0), .partial],
            resultType: { _ in .double },
            window: FunctionParameters.lastRows,
            mismatch: { values in
                guard case .int(let length) = values[0], case .int(let ddof) = values[1], length <= ddof else { return nil }
                return ("n", "an int above ddof = \(ddof)")
            }),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "stddev", values: values)
            let length = try parameters.rows(0)
            let ddof = try parameters.natural(1, named: "ddof")
            guard length > ddof else { throw parameters.fault("n greater than ddof = \(ddof)", values[0]) }
            let window = RollingWindow(length: length, partial: try parameters.flag(2), leastRows: ddof + 1)
            return WindowKernel(Deviation(window: window, ddof: ddof))
        })
}

/// Full windows are combined from spans. One with nulls takes two passes over its own rows, newest first, the mean being taken
/// relative to the newest value, so that equal values deviate by exactly 0.
private struct Deviation: RollingFunction {
    let window: RollingWindow
    let fill = 0.0
    let ddof: Int
    private var moments: MovingMoments
    private var means = Scratch<Double>()
    private var squares = Scratch<Double>()

    init(window: RollingWindow, ddof: Int) {
        self.window = window
        self.ddof = ddof
        moments = MovingMoments(length: window.length)
    }

    mutating func evaluate(_ block: WindowBlock<Double>, into results: UnsafeMutablePointer<Double>, valid: UnsafePointer<UInt8>?) {
        let squares = squares.rows(0..<block.count)
        moments.evaluate(block.values, block.count, means: means.rows(0..<block.count), squares: squares)
        rows_deviations(squares, block.count, Double(window.length - ddof), results)
        if let present = block.present, window.allowsPartial {
            for row in 0..<block.count where present[row] < window.length {
                results[row] = deviation(block.values + row, block.valid + row)
            }
        }
    }

    /// The result of one row from those rows of its window that are not null.
    private func deviation(_ newest: UnsafePointer<Double>, _ valid: UnsafePointer<UInt8>) -> Double {
        var row = 0
        while row > -window.length, valid[row] == 0 { row &-= 1 }
        guard row > -window.length else { return 0 }
        let anchorRow = row
        let anchor = newest[anchorRow]
        var count = 0
        var total = 0.0
        while row > -window.length {
            if valid[row] == 1 {
                total += newest[row] - anchor
                count &+= 1
            }
            row &-= 1
        }
        let mean = anchor + total / Double(count)
        var squares = 0.0
        row = anchorRow
        while row > -window.length {
            let deviation = newest[row] - mean
            if valid[row] == 1 { squares += deviation * deviation }
            row &-= 1
        }
        return (squares / Double(count &- ddof)).squareRoot()
    }
}
