package import Columnar

/// A chart to draw, and the rows it is drawn of: those columns alone that it needs.
package struct CheckedPlot: Sendable {
    package let pipeline: CheckedPipeline
    package let chart: CheckedChart
    package let title: String?
    /// Where it is written; without, it is drawn where results go.
    package let file: ChartFile?

    /// The same chart, written nowhere.
    package var withoutFile: CheckedPlot { CheckedPlot(pipeline: pipeline, chart: chart, title: title, file: nil) }
}

/// A chart's columns.
package enum CheckedChart: Sendable, Hashable {
    /// A line for each of `values`, and for each value of `split` where there are several.
    case lines(x: Field, values: [Field], split: [Field])
    case candles(PriceColumns, split: [Field])
    case histogram(Field, bins: Int)
    case points(x: Field, y: Field, split: [Field])

    package var verb: String {
        switch self {
        case .lines: ChartVerb.line.name
        case .candles: ChartVerb.candlestick.name
        case .histogram: ChartVerb.histogram.name
        case .points: ChartVerb.scatter.name
        }
    }

    var columns: [Field] {
        switch self {
        case .lines(let x, let values, let split): split + [x] + values
        case .candles(let prices, let split): split + prices.columns
        case .histogram(let values, _): [values]
        case .points(let x, let y, let split): split + [x, y]
        }
    }

    /// The columns that rows must be ordered by to be drawn; none where any order will do.
    var order: [Field] {
        switch self {
        case .lines(let x, _, let split): split + [x]
        case .candles(let prices, let split): split + [prices.time]
        case .histogram, .points: []
        }
    }
}

/// The columns of a candlestick.
package struct PriceColumns: Sendable, Hashable {
    package let time: Field
    package let open: Field
    package let high: Field
    package let low: Field
    package let close: Field
    package let volume: Field?

    package var columns: [Field] { [time, open, high, low, close] + (volume.map { [$0] } ?? []) }
}

/// A file for a chart, named as the notebook names it.
package struct ChartFile: Sendable, Hashable {
    package enum Format: String, Sendable, CaseIterable {
        case svg, png, html
        /// The Vega-Lite specification itself.
        case json
    }

    package let path: String
    package let format: Format

    /// Nil where the name's ending is none of a chart's.
    package init?(path: String) {
        guard let dot = path.lastIndex(of: "."), let format = Format(rawValue: path[path.index(after: dot)...].lowercased()) else {
            return nil
        }
        let name = path[..<dot].split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        guard !name.isEmpty else { return nil }
        self.path = path
        self.format = format
    }
}
