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
    private var totals: WeightedTotals

    init(length: Int) {
        self.length = length
        totals = WeightedTotals(length: length)
    }

    var lookBacks: [Int] { [length - 1] }

    mutating func evaluate(_ block: JointBlock, into results: [UnsafeMutablePointer<Double>]) {
        totals.evaluate(block.inputs[0], block.count, into: results[0])
        let divisor = Double(length) * Double(length + 1) / 2
        for row in 0..<block.count { results[0][row] /= divisor }
    }
}

/// For each window, the total of its values, the oldest once, the newest as often as the window is long.
///
/// Combined from spans of 1, 2, 4 … rows: before an older span, each value of the newer one counts once more for every row of the older.
private struct WeightedTotals {
    let length: Int
    /// Plain and weighted totals of spans, alternating between two halves, then the plain ones of the windows.
    private var memory = [Scratch<Double>](repeating: Scratch(), count: 5)

    init(length: Int) { self.length = length }

    /// `values[1 − length ..< count]` is read. Both must lie in `Scratch` memory: up to `lanes − 1` rows more are touched.
    mutating func evaluate(_ values: UnsafePointer<Double>, _ count: Int, into results: UnsafeMutablePointer<Double>) {
        let total = count + length - 1
        for index in memory.indices { memory[index].reserve(total) }
        let windows = memory[4].pointer
        var plain = values - (length - 1)
        var weighted = plain
        var covered = 0
        var span = 1
        var half = 0
        while true {
            if length & span != 0 {
                let offset = length - 1 - covered
                take(plain + offset, weighted + offset, span, covered, count, windows, results)
                covered += span
            }
            guard span * 2 <= length else { return }
            double(plain, weighted, span, total, memory[half].pointer, memory[half + 1].pointer)
            plain = UnsafePointer(memory[half].pointer)
            weighted = UnsafePointer(memory[half + 1].pointer)
            half = 2 - half
            span *= 2
        }
    }

    /// Spans twice as long; a span ends at the row it stands at.
    private func double(
        _ plain: UnsafePointer<Double>, _ weighted: UnsafePointer<Double>, _ span: Int, _ total: Int,
        _ plainTotals: UnsafeMutablePointer<Double>, _ weightedTotals: UnsafeMutablePointer<Double>
    ) {
        let older = (plain: plain - span, weighted: weighted - span)
        let rowsBefore = Double(span)
        for row in stride(from: span * 2 - 1, to: total, by: JointBlock.lanes) {
            let newer = (plain + row).lanes
            (weightedTotals + row).lanes = ((weighted + row).lanes + newer * rowsBefore) + (older.weighted + row).lanes
            (plainTotals + row).lanes = newer + (older.plain + row).lanes
        }
    }

    /// Adds a span of older rows to those of the window that are covered.
    private func take(
        _ plain: UnsafePointer<Double>, _ weighted: UnsafePointer<Double>, _ span: Int, _ covered: Int, _ count: Int,
        _ windows: UnsafeMutablePointer<Double>, _ results: UnsafeMutablePointer<Double>
    ) {
        guard covered > 0 else {
            windows.update(from: plain, count: count)
            results.update(from: weighted, count: count)
            return
        }
        let rowsBefore = Double(span)
        for row in stride(from: 0, to: count, by: JointBlock.lanes) {
            let newer = (windows + row).lanes
            (results + row).lanes = ((results + row).lanes + newer * rowsBefore) + (weighted + row).lanes
            (windows + row).lanes = newer + (plain + row).lanes
        }
    }
}
