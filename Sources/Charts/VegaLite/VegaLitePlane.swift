/// Lines and points over two continuous axes.
struct VegaLitePlane {
    let chart: Chart
    let series: [ChartSeries]

    var lines: [(String, JSONValue)] {
        view(["type": "line", "strokeWidth": 1.5, "strokeJoin": "round", "clip": true], channel: "strokeDash", VegaLite.dashes)
    }

    var points: [(String, JSONValue)] {
        view(
            ["type": "point", "filled": true, "size": 18, "opacity": 0.5, "clip": true], channel: "shape",
            VegaLite.shapes.map(JSONValue.text))
    }

    /// `channel` tells series of one colour apart, by another of `forms` for each cycle of the colours.
    private func view(_ mark: JSONValue, channel: String, _ forms: [JSONValue]) -> [(String, JSONValue)] {
        VegaLite.size + [
            ("data", ["values": .list(values)]), ("mark", mark),
            // In a page, the wheel and the mouse zoom and move.
            ("params", [["name": "zoom", "select": "interval", "bind": "scales"]]),
            ("encoding", encoding.with(telling(channel, by: forms))),
        ]
    }

    private var values: [JSONValue] {
        series.flatMap { one in
            one.points.map { point in
                ["x": chart.x.written(point.x), "y": point.y.map(JSONValue.number) ?? .null, "series": .text(one.name)]
            }
        }
    }

    private func telling(_ channel: String, by forms: [JSONValue]) -> [(String, JSONValue)] {
        guard series.count > VegaLite.palette.count else { return [] }
        let range = series.indices.map { forms[$0 / VegaLite.palette.count % forms.count] }
        let domain = series.map { JSONValue.text($0.name) }
        return [
            (
                channel,
                [
                    "field": "series", "type": "nominal", "sort": .null, "legend": ["title": .null],
                    "scale": ["domain": .list(domain), "range": .list(range)],
                ]
            )
        ]
    }

    private var encoding: JSONValue {
        let names = series.map(\.name)
        let colours = names.indices.map { VegaLite.palette[$0 % VegaLite.palette.count] }
        let legend: JSONValue =
            names.count < 2
            ? .null : names.count > VegaLite.palette.count ? ["title": .null] : ["title": .null, "symbolType": .text(symbol)]
        return [
            "x": horizontal,
            "y": [
                "field": "y", "type": "quantitative", "title": .text(chart.y.name), "scale": ["zero": false],
                "axis": VegaLite.numbers(series.lazy.flatMap(\.points).compactMap(\.y)),
            ],
            "color": [
                "field": "series", "type": "nominal", "sort": .null, "legend": legend,
                "scale": ["domain": .list(names.map(JSONValue.text)), "range": .list(colours.map(JSONValue.text))],
            ],
            "tooltip": .list([
                chart.x.tooltip("x"), ["field": "series", "type": "nominal", "title": "series"],
                ["field": "y", "type": "quantitative", "title": .text(chart.y.name)],
            ]),
        ]
    }

    private var symbol: String { if case .points = chart.marks { "circle" } else { "stroke" } }

    private var horizontal: JSONValue {
        guard chart.x.kind == .number else {
            return ["field": "x", "type": "temporal", "title": .null, "scale": ["type": "utc"], "axis": Self.times]
        }
        return [
            "field": "x", "type": "quantitative", "title": .text(chart.x.name), "scale": ["zero": false],
            "axis": VegaLite.numbers(series.lazy.flatMap(\.points).map(\.x)).with(Self.apart),
        ]
    }

    /// Labels that would touch each other are left out.
    private static let apart: [(String, JSONValue)] = [("labelOverlap", "greedy"), ("labelSeparation", 10)]

    /// Marked in the order of ISO 8601, as exactly as the mark needs, whatever the reader zooms into.
    private static let times: JSONValue = (["grid": false, "labelExpr": .text(timeLabel)] as JSONValue).with(apart)

    private static let timeLabel = """
        utcseconds(datum.value) ? utcFormat(datum.value, '%H:%M:%S') \
        : utchours(datum.value) || utcminutes(datum.value) ? utcFormat(datum.value, '%H:%M') \
        : utcdate(datum.value) != 1 ? utcFormat(datum.value, '%Y-%m-%d') \
        : utcmonth(datum.value) ? utcFormat(datum.value, '%Y-%m') : utcFormat(datum.value, '%Y')
        """
}

extension ChartAxis {
    /// A place on the axis as data: a number, or ISO 8601 text of a time, which is taken as one of UTC wherever the chart is looked at.
    func written(_ place: Double) -> JSONValue {
        switch kind {
        case .number: .number(place)
        case .date: .text(Moment(place, kind).text(kind))
        case .timestamp: .text(Moment(place, kind).text(kind, separator: "T") + "Z")
        }
    }

    func tooltip(_ field: String) -> JSONValue {
        switch kind {
        case .number: ["field": .text(field), "type": "quantitative", "title": .text(name)]
        case .date: ["field": .text(field), "type": "temporal", "timeUnit": "utcyearmonthdate", "title": .text(name)]
        case .timestamp:
            ["field": .text(field), "type": "temporal", "timeUnit": "utcyearmonthdatehoursminutesseconds", "title": .text(name)]
        }
    }
}
