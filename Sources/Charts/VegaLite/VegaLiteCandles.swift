/// Candles over their volumes.
///
/// The axis of time is ordinal: each candle has a place of its own and nothing stands between, so that nights, weekends and holidays, on
/// which nothing was traded, are no gaps.
struct VegaLiteCandles {
    let axis: ChartAxis
    let candles: [Candle]

    private static let rising = "#1B9E77"
    private static let falling = "#D1495B"

    var view: [(String, JSONValue)] {
        let volume = hasVolume ? [volume] : []
        return [("data", ["values": .list(candles.map(values))]), ("vconcat", .list([prices] + volume)), ("spacing", 8)]
    }

    private var hasVolume: Bool { candles.contains { ($0.volume ?? 0) > 0 } }

    private func values(_ candle: Candle) -> JSONValue {
        [
            "time": .text(Moment(candle.time, axis.kind).text(axis.kind)), "open": .number(candle.open), "high": .number(candle.high),
            "low": .number(candle.low), "close": .number(candle.close), "volume": candle.volume.map(JSONValue.number) ?? .null,
        ]
    }

    private var prices: JSONValue {
        let scale: JSONValue = ["zero": false]
        return [
            "width": 760, "height": 300,
            "encoding": [
                "x": horizontal(hasLabels: !hasVolume), "color": colour, "tooltip": tooltip,
            ],
            "layer": [
                [
                    "mark": ["type": "rule", "strokeWidth": 1],
                    "encoding": [
                        "y": ["field": "low", "type": "quantitative", "title": "price", "scale": scale], "y2": ["field": "high"],
                    ],
                ],
                [
                    // The stroke shows a candle that closed where it opened.
                    "mark": ["type": "bar", "width": ["band": 0.7], "strokeWidth": 0.8],
                    "encoding": [
                        "y": ["field": "open", "type": "quantitative", "scale": scale], "y2": ["field": "close"], "stroke": colour,
                    ],
                ],
            ],
        ]
    }

    private var volume: JSONValue {
        [
            "width": 760, "height": 80, "mark": ["type": "bar", "width": ["band": 0.7], "opacity": 0.7],
            "encoding": [
                "x": horizontal(hasLabels: true), "color": colour, "tooltip": tooltip,
                "y": ["field": "volume", "type": "quantitative", "title": "volume", "axis": ["format": "~s", "tickCount": 3]],
            ],
        ]
    }

    private var colour: JSONValue {
        [
            "condition": ["test": "datum.close >= datum.open", "value": .text(Self.rising)], "value": .text(Self.falling),
        ]
    }

    private var tooltip: JSONValue {
        let numbers = ["open", "high", "low", "close"] + (hasVolume ? ["volume"] : [])
        let time: JSONValue = ["field": "time", "type": "nominal", "title": .text(axis.name)]
        return .list([time] + numbers.map { ["field": .text($0), "type": "quantitative", "format": ",.6~f"] })
    }

    /// Marked where a new day, month or year begins.
    private func horizontal(hasLabels: Bool) -> JSONValue {
        let width = 100
        let places = TimeTicks.onPlaces(candles.map(\.time), axis.kind, width: width) { $0 * width / max(1, candles.count) }
        let times = places.map { Moment(candles[$0.place].time, axis.kind).text(axis.kind) }
        let labels = JSONValue.object(zip(times, places).map { JSONValue.Member(name: $0, value: .text($1.label)) })
        let marks: JSONValue = [
            "values": .list(times.map(JSONValue.text)), "labelExpr": .text("(\(labels.written))[datum.value]"), "labelAngle": 0,
            "labels": .flag(hasLabels), "ticks": .flag(hasLabels), "grid": true, "title": .null,
        ]
        return ["field": "time", "type": "ordinal", "sort": .null, "axis": marks]
    }
}
