/// A chart as a Vega-Lite specification, version 5: the one form that charts have in files.
package struct VegaLite {
    /// What tells a specification of ours from others.
    package static let mark = #""usermeta":{"tickbook":"chart"}"#
    /// A year of days; more candles would be thinner than the eye tells apart.
    package static let candleLimit = 270

    private let chart: Chart

    package init(_ chart: Chart) { self.chart = chart }

    /// The specification as JSON.
    package var text: String { specification.written }

    package var specification: JSONValue {
        let head: JSONValue = [
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json", "usermeta": ["tickbook": "chart"], "background": "white",
        ]
        let title = heading.map { [("title", $0)] } ?? []
        return head.with(title).with(view).with([("config", Self.config)])
    }

    private var heading: JSONValue? {
        switch (chart.title, chart.note(forFile: true)) {
        case (nil, nil): nil
        case (let title?, nil): ["text": .text(title)]
        case (let title, let note?): ["text": .text(title ?? chart.untitled), "subtitle": .text(note)]
        }
    }

    private var view: [(String, JSONValue)] {
        switch chart.marks {
        case .lines(let series): VegaLitePlane(chart: chart, series: series).lines
        case .points(let series): VegaLitePlane(chart: chart, series: series).points
        case .bars(let bins): histogram(bins)
        case .candles(let candles, let period):
            VegaLiteCandles(axis: chart.x, candles: candles.atMost(Self.candleLimit, period: period, chart.x.kind).candles).view
        }
    }

    private func histogram(_ bins: [HistogramBin]) -> [(String, JSONValue)] {
        let values = bins.map { bin -> JSONValue in
            ["lower": .number(bin.lower), "upper": .number(bin.upper), "count": .number(Double(bin.count))]
        }
        let encoding: JSONValue = [
            "x": [
                "field": "lower", "type": "quantitative", "bin": "binned", "title": .text(chart.x.name),
                "axis": Self.numbers(bins.flatMap { [$0.lower, $0.upper] }),
            ],
            "x2": ["field": "upper"],
            "y": ["field": "count", "type": "quantitative", "title": .text(chart.y.name)],
            "tooltip": [
                ["field": "lower", "type": "quantitative", "title": "from"], ["field": "upper", "type": "quantitative", "title": "to"],
                ["field": "count", "type": "quantitative", "title": .text(chart.y.name), "format": ","],
            ],
        ]
        return Self.size
            + [("data", ["values": .list(values)]), ("mark", ["type": "bar", "color": .text(Self.palette[0])]), ("encoding", encoding)]
    }

    /// The axis of numbers; large ones with a unit.
    static func numbers(_ values: some Sequence<Double>) -> JSONValue {
        guard values.contains(where: { abs($0) >= 1e6 }) else { return [:] }
        return ["labelExpr": "replace(format(datum.value, '~s'), 'G', 'B')"]
    }

    static let size: [(String, JSONValue)] = [("width", 760), ("height", 340)]

    /// Okabe and Ito's colours, which most people can tell apart, "Color Universal Design" (2008); without yellow, which white drowns.
    static let palette = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#444444"]

    /// The dashes of lines and the shapes of points: one for each time the colours begin anew.
    static let dashes: [JSONValue] = [[1, 0], [6, 3], [2, 2], [9, 3, 2, 3]]
    static let shapes = ["circle", "square", "triangle-up", "diamond"]

    private static let config: JSONValue = [
        "font": "Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif", "view": ["stroke": .null],
        "axis": [
            "gridColor": "#e8e8e8", "domainColor": "#999999", "tickColor": "#999999", "labelColor": "#444444", "titleColor": "#444444",
            "titleFontWeight": "normal", "labelFontSize": 11, "titleFontSize": 12,
        ],
        "title": ["anchor": "start", "fontSize": 16, "subtitleColor": "#666666", "subtitleFontSize": 11, "offset": 12],
        "legend": ["labelFontSize": 11, "symbolStrokeWidth": 3, "symbolSize": 150],
    ]
}

extension Chart {
    /// What the axes are called, where the chart is called nothing.
    var untitled: String {
        switch marks {
        case .lines: y.name
        case .points, .bars: "\(y.name) by \(x.name)"
        case .candles: ""
        }
    }

    /// What the reader of a file is to know beside the title.
    func note(forFile: Bool) -> String? {
        guard case .candles(let candles, let period) = marks, forFile else { return note }
        let shown = candles.atMost(VegaLite.candleLimit, period: period, x.kind).period
        let parts = [shown.map { "a candle is \($0.words)" }, note].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: " · ")
    }
}
