import Columnar
import Language

extension BuiltinIndicators {
    static let ichimoku = SeriesDefinition(
        function: SeriesFunction(
            name: "ichimoku",
            documentation: """
                Hosoda's Ichimoku lines: two middles of ranges, and the two edges of the cloud as they stand at this row.
                Formula: m(n) = (max(high, n) + min(low, n)) / 2; conversion = m(conversion); base = m(base); span_a = (conversion + base) / 2 and
                span_b = m(span), both of displacement − 1 rows before, where charts draw them. The lagging line is `chikou`: the close
                of a later row. Window: span_b reaches span + displacement − 2 back; each line is null for its first rows without a full window.
                Null when a row that far back or later has a null.
                Source: Hosoda, "Ichimoku Kinko Hyo", 1969; the displacement counts this row, as in pandas-ta.
                """,
            inputs: SeriesFunction.doubles("high", "low"),
            parameters: [
                .rows("conversion", default: 9), .rows("base", default: 26), .rows("span", default: 52), .rows("displacement", default: 26),
            ],
            resultType: { _ in .double },
            window: { values in
                let longest = (0..<3).map { FunctionParameters.clampedRows(values, $0) }.max()!
                return .finite(lookBack: longest + FunctionParameters.clampedRows(values, 3) - 2, lookAhead: 0)
            },
            outputs: ["conversion", "base", "span_a", "span_b"]),
        makeKernel: { _, values in
            let parameters = FunctionParameters(function: "ichimoku", values: values)
            return JointWindowKernel(
                Ichimoku(
                    conversion: try parameters.rows(0, named: "conversion"), base: try parameters.rows(1, named: "base"),
                    span: try parameters.rows(2, named: "span"), shift: try parameters.rows(3, named: "displacement") - 1), inputs: 2)
        })
}

private struct Ichimoku: JointWindowFunction {
    private var conversion: MovingRange
    private var base: MovingRange
    private var span: MovingRange
    /// The rows that the cloud is drawn ahead.
    private let shift: Int

    init(conversion: Int, base: Int, span: Int, shift: Int) {
        self.conversion = MovingRange(length: conversion)
        self.base = MovingRange(length: base)
        self.span = MovingRange(length: span)
        self.shift = shift
    }

    var lookBacks: [Int] {
        [conversion.length - 1, base.length - 1, max(conversion.length, base.length) + shift - 1, span.length + shift - 1]
    }

    mutating func evaluate(_ block: JointBlock, into results: [UnsafeMutablePointer<Double>]) {
        let (high, low) = (block.inputs[0], block.inputs[1])
        let rows = -shift..<block.count
        let fast = conversion.find(high, low, rows: rows)
        let slow = base.find(high, low, rows: rows)
        let wide = span.find(high, low, rows: -shift..<block.count - shift)
        for row in 0..<block.count {
            let earlier = row &- shift
            results[0][row] = (fast.highest[row] + fast.lowest[row]) / 2
            results[1][row] = (slow.highest[row] + slow.lowest[row]) / 2
            let middles = (fast.highest[earlier] + fast.lowest[earlier]) / 2 + (slow.highest[earlier] + slow.lowest[earlier]) / 2
            results[2][row] = middles / 2
            results[3][row] = (wide.highest[earlier] + wide.lowest[earlier]) / 2
        }
    }
}
