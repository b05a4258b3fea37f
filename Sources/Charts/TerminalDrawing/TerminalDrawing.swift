/// A chart as lines of text, in Braille dots and block elements.
package struct TerminalDrawing {
    package struct Settings: Sendable, Hashable {
        /// In cells of the terminal, all that stands around the chart included.
        package var width: Int
        package var height: Int
        package var usesColour: Bool

        package init(width: Int = 80, height: Int = 22, usesColour: Bool = false) {
            self.width = max(1, width)
            self.height = max(8, height)
            self.usesColour = usesColour
        }
    }

    let settings: Settings

    package init(_ settings: Settings) { self.settings = settings }

    /// Beside the labels of the axis, fewer columns show nothing.
    package static let leastWidth = 30

    package func lines(_ chart: Chart) -> [String] {
        guard settings.width >= Self.leastWidth else {
            return ["too narrow for a chart: \(settings.width) columns, and \(Self.leastWidth) are needed"]
        }
        guard !chart.isEmpty else { return (chart.title.map { [$0] } ?? []) + ["(no rows to draw)"] }
        switch chart.marks {
        case .lines(let series): return LineDrawing(chart: chart, series: series, settings: settings).frame.lines
        case .points(let series): return PointDrawing(chart: chart, series: series, settings: settings).frame.lines
        case .bars(let bins): return HistogramDrawing(chart: chart, bins: bins, settings: settings).frame.lines
        case .candles(let candles, let period):
            return CandleDrawing(chart: chart, candles: candles, period: period, settings: settings).frame.lines
        }
    }
}

/// The colours of terminals, by their numbers in ECMA-48 "Select Graphic Rendition".
enum Paint: Int {
    case bold = 1
    case faint = 2
    case red = 31
    case green = 32
    case yellow = 33
    case blue = 94
    case magenta = 35
    case cyan = 36
    case white = 37
    case orange = 91

    /// The colours of series, in their order, again from the first where there are more.
    static func series(_ index: Int) -> Paint {
        ofSeries[index % ofSeries.count]
    }

    static let ofSeries: [Paint] = [.cyan, .yellow, .magenta, .green, .blue, .orange, .white]

    func text(_ text: String, _ isUsed: Bool) -> String { isUsed && !text.isEmpty ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text }
}

/// A cell of a drawing.
struct DrawnCell {
    var character: Character = " "
    var paint: Paint?
}
