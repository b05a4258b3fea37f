/// Lines over a number or over time, and points over either.
struct LineDrawing {
    let chart: Chart
    let series: [ChartSeries]
    let settings: TerminalDrawing.Settings

    var frame: DrawingFrame {
        var plot = DotPlot(chart: chart, series: series, settings: settings)
        for (index, one) in series.enumerated() {
            let paint = Paint.series(index)
            let pattern = LinePattern.series(index, usesColour: settings.usesColour)
            var last: (x: Int, y: Int)?
            for point in one.points {
                guard let y = point.y else {
                    last = nil
                    continue
                }
                let place = plot.place(x: point.x, y: y)
                plot.canvas.drawLine(from: last ?? place, to: place, pattern: last == nil ? .solid : pattern, paint)
                last = place
            }
        }
        let legend = series.enumerated().map { index, one in
            DrawingFrame.LegendEntry(
                sample: LinePattern.series(index, usesColour: settings.usesColour).sample, name: one.name, paint: Paint.series(index))
        }
        return plot.frame(legend)
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

    /// Without colours, points of several series are told apart by characters, a cell for each.
    private func symbol(_ index: Int) -> Character? {
        guard series.count > 1, !settings.usesColour else { return nil }
        let symbols = Array("ox+*#@%&")
        return symbols[index % symbols.count]
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
