/// Lines over a number or over time, and points over either.
struct LineDrawing {
    let chart: Chart
    let series: [ChartSeries]
    let settings: TerminalDrawing.Settings

    var frame: DrawingFrame {
        var plot = DotPlot(chart: chart, series: series, settings: settings)
        for (index, one) in series.enumerated() {
            let pattern = letters == nil ? LinePattern.series(index, usesColour: settings.usesColour) : .solid
            forEachSegment(of: one, plot) { from, to in
                plot.canvas.drawLine(from: from ?? to, to: to, pattern: from == nil ? .solid : pattern, Paint.series(index))
            }
        }
        if let letters { for index in series.indices { draw(letters, of: index, in: &plot) } }
        return plot.frame(series.indices.map(legendEntry))
    }

    private var letters: LineLetters? { LineLetters(count: series.count, usesColour: settings.usesColour) }

    private func legendEntry(_ index: Int) -> DrawingFrame.LegendEntry {
        let sample = letters.map { String($0.letter(index)) } ?? LinePattern.series(index, usesColour: settings.usesColour).sample
        return DrawingFrame.LegendEntry(sample: sample, name: series[index].name, paint: Paint.series(index))
    }

    /// Points with those before them; none before the first and behind a gap.
    private func forEachSegment(of one: ChartSeries, _ plot: DotPlot, _ body: ((x: Int, y: Int)?, (x: Int, y: Int)) -> Void) {
        var last: (x: Int, y: Int)?
        for point in one.points {
            guard let y = point.y else {
                last = nil
                continue
            }
            let place = plot.place(x: point.x, y: y)
            body(last, place)
            last = place
        }
    }

    /// Over the lines, where this one may have letters; a line too short for that has one at its end.
    private func draw(_ letters: LineLetters, of index: Int, in plot: inout DotPlot) {
        var places: [Int: Int] = [:]
        var end: (x: Int, y: Int)?
        forEachSegment(of: series[index], plot) { from, to in
            let from = from ?? to
            for x in from.x...max(from.x, to.x) where letters.isPlace(column: x / 2, of: index) && places[x / 2] == nil {
                places[x / 2] = to.x == from.x ? to.y : from.y + (to.y - from.y) * (x - from.x) / (to.x - from.x)
            }
            end = to
        }
        if places.isEmpty, let end { places[end.x / 2] = end.y }
        for (column, y) in places { plot.canvas.draw(x: column * 2, y: y, Paint.series(index), as: letters.letter(index)) }
    }
}

struct PointDrawing {
    let chart: Chart
    let series: [ChartSeries]
    let settings: TerminalDrawing.Settings

    var frame: DrawingFrame {
        var plot = DotPlot(chart: chart, series: series, settings: settings)
        for (index, one) in series.enumerated() {
            for point in one.points {
                guard let y = point.y else { continue }
                let place = plot.place(x: point.x, y: y)
                plot.canvas.draw(x: place.x, y: place.y, Paint.series(index), as: symbol(index))
            }
        }
        let legend = series.enumerated().map { index, one in
            DrawingFrame.LegendEntry(sample: symbol(index).map { String($0) } ?? "⠶", name: one.name, paint: Paint.series(index))
        }
        return plot.frame(legend)
    }

    /// Where colours do not tell points of several series apart, characters do, a cell for each.
    private func symbol(_ index: Int) -> Character? {
        SeriesSymbol.ofPoints(index, count: series.count, usesColour: settings.usesColour)
    }
}

/// Dots between two scales.
struct DotPlot {
    private let chart: Chart
    private let settings: TerminalDrawing.Settings
    private let x: LinearScale
    private let y: LinearScale
    private let labels: [Int: String]
    let columns: Int
    private let rows: Int
    var canvas: BrailleCanvas

    /// Some series has a point.
    init(chart: Chart, series: [ChartSeries], settings: TerminalDrawing.Settings) {
        self.chart = chart
        self.settings = settings
        let points = series.lazy.flatMap(\.points)
        x = LinearScale(points.map(\.x))!
        y = LinearScale(points.compactMap(\.y), room: 0.02) ?? LinearScale(lower: 0, upper: 1)
        rows = settings.height - 3 - (series.count > 1 ? 1 : 0) - (chart.note == nil ? 0 : 1)
        labels = VerticalLabels.of(y, rows: rows)
        columns = settings.width - DrawingFrame.margin(labels.values)
        canvas = BrailleCanvas(columns: columns, rows: rows)
    }

    func place(x: Double, y: Double) -> (x: Int, y: Int) {
        (self.x.cell(x, of: canvas.width), canvas.height - 1 - self.y.cell(y, of: canvas.height))
    }

    func frame(_ legend: [DrawingFrame.LegendEntry]) -> DrawingFrame {
        let ticks = chart.x.kind == .number ? NumberTicks.on(x, width: columns) : TimeTicks.onTime(x, chart.x.kind, width: columns)
        return DrawingFrame(
            settings: settings, title: chart.title ?? chart.untitled, note: chart.note, legend: legend.count > 1 ? legend : [],
            cells: canvas.cells, rowLabels: labels, ticks: ticks)
    }
}

/// Numbers beside rows.
enum VerticalLabels {
    static func of(_ scale: LinearScale, rows: Int, atMost limit: Int? = nil) -> [Int: String] {
        let ticks = scale.ticks(atMost: limit ?? max(2, rows / 3))
        let texts = AxisNumber.texts(ticks)
        return Dictionary(zip(ticks.map { rows - 1 - scale.cell($0, of: rows) }, texts), uniquingKeysWith: { first, _ in first })
    }
}

enum NumberTicks {
    static func on(_ scale: LinearScale, width: Int) -> [AxisTick] {
        let values = scale.ticks(atMost: max(2, width / 10))
        return zip(values, AxisNumber.texts(values)).map { AxisTick(column: scale.cell($0, of: width), label: $1) }
    }
}
