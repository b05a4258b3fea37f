/// Lines and points over two continuous axes.
struct VegaLitePlane {
    let chart: Chart
    let series: [ChartSeries]

    var lines: [(String, JSONValue)] {
        view(["type": "line", "strokeWidth": 1.5, "strokeJoin": "round", "clip": true], shape: "stroke")
    }

    var points: [(String, JSONValue)] {
        view(["type": "point", "filled": true, "size": 18, "opacity": 0.5, "clip": true], shape: "circle")
    }

    private func view(_ mark: JSONValue, shape: String) -> [(String, JSONValue)] {
        VegaLite.size + [
            ("data", ["values": .list(values)]), ("mark", mark),
            // In a page, the wheel and the mouse zoom and move.
            ("params", [["name": "zoom", "select": "interval", "bind": "scales"]]), ("encoding", encoding(shape)),
        ]
    }

    private var values: [JSONValue] {
        series.flatMap { one in
            one.points.map { point in
                ["x": chart.x.written(point.x), "y": point.y.map(JSONValue.number) ?? .null, "series": .text(one.name)]
            }
        }
    }

    private func encoding(_ shape: String) -> JSONValue {
        let names = series.map(\.name)
        let colours = names.indices.map { VegaLite.palette[$0 % VegaLite.palette.count] }
        let legend: JSONValue = names.count > 1 ? ["title": .null, "symbolType": .text(shape)] : .null
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

    private var horizontal: JSONValue {
        guard chart.x.kind == .number else {
            return ["field": "x", "type": "temporal", "title": .null, "scale": ["type": "utc"], "axis": ["grid": false]]
        }
        return [
            "field": "x", "type": "quantitative", "title": .text(chart.x.name), "scale": ["zero": false],
            "axis": VegaLite.numbers(series.lazy.flatMap(\.points).map(\.x)),
        ]
    }
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
