import Foundation

/// Candles over their volumes; each has a place, so that nights, weekends and holidays leave no gaps.
struct CandleDrawing {
    private let chart: Chart
    private let settings: TerminalDrawing.Settings
    private let candles: [Candle]
    private let period: CandlePeriod?
    private let scale: LinearScale
    private let volumeRows: Int
    private let priceRows: Int
    private let labels: [Int: String]
    private let columns: Int

    /// There is a candle.
    init(chart: Chart, candles: [Candle], period: CandlePeriod?, settings: TerminalDrawing.Settings) {
        self.chart = chart
        self.settings = settings
        let rows = settings.height - 2 - (chart.title == nil ? 0 : 1) - 1
        let hasVolume = candles.contains { ($0.volume ?? 0) > 0 } && rows >= 8
        volumeRows = hasVolume ? max(2, rows / 5) : 0
        priceRows = rows - volumeRows - (hasVolume ? 1 : 0)
        scale = LinearScale(candles.lazy.flatMap { [$0.low, $0.high] }, room: 0.02)!
        var labels = VerticalLabels.of(scale, rows: priceRows)
        // Every label is known before candles are drawn together, but for the volume's.
        let widest = max(DrawingFrame.margin(labels.values), 8)
        (self.candles, self.period) = candles.atMost(max(10, settings.width - widest), period: period, chart.x.kind)
        if hasVolume, let most = self.candles.compactMap(\.volume).max() {
            labels[priceRows + 1] = CandleDrawing.short(most)
        }
        self.labels = labels
        columns = settings.width - DrawingFrame.margin(labels.values)
    }

    var frame: DrawingFrame {
        var cells = [[DrawnCell]](
            repeating: [DrawnCell](repeating: DrawnCell(), count: columns), count: priceRows + volumeRows + (volumeRows > 0 ? 1 : 0))
        for (index, candle) in candles.enumerated() where column(index) < columns {
            draw(candle, at: column(index), in: &cells)
            drawVolume(candle, at: column(index), in: &cells)
        }
        let ticks = TimeTicks.onPlaces(candles.map(\.time), chart.x.kind, width: columns, column: column)
        return DrawingFrame(
            settings: settings, title: chart.title, note: note, cells: cells, rowLabels: labels, ticks: ticks)
    }

    private var note: String {
        let colours = settings.usesColour ? "green rises, red falls" : "┃ rises, █ falls"
        let each = period.map { "a candle is \($0.words)" } ?? "a candle is one row"
        return [each, colours, chart.note, volumeRows > 0 ? "volume below" : nil].compactMap(\.self).joined(separator: " · ")
    }

    private var spacing: Int { min(4, max(1, columns / candles.count)) }

    private func column(_ index: Int) -> Int { index * spacing + (spacing - 1) / 2 }

    private func paint(_ candle: Candle) -> Paint { candle.rises ? .green : .red }

    // MARK: Prices

    /// What a half of a cell shows.
    private enum Half { case nothing, wick, body }

    private func draw(_ candle: Candle, at column: Int, in cells: inout [[DrawnCell]]) {
        let half = { (price: Double) in priceRows * 2 - 1 - scale.cell(price, of: priceRows * 2) }
        let body = half(max(candle.open, candle.close))...half(min(candle.open, candle.close))
        let wick = half(candle.high)...half(candle.low)
        let shown = { (position: Int) -> Half in body.contains(position) ? .body : wick.contains(position) ? .wick : .nothing }
        for row in 0..<priceRows {
            guard let character = character(shown(row * 2), shown(row * 2 + 1), candle) else { continue }
            cells[row][column] = DrawnCell(character: character, paint: paint(candle))
        }
    }

    private func character(_ upper: Half, _ lower: Half, _ candle: Candle) -> Character? {
        let isBlock = !settings.usesColour && !candle.rises
        return switch (upper, lower) {
        case (.nothing, .nothing): nil
        case (.body, .body): isBlock ? "█" : "┃"
        case (.body, .nothing): isBlock ? "▀" : "╹"
        case (.nothing, .body): isBlock ? "▄" : "╻"
        case (.wick, .wick): "│"
        case (.wick, .nothing): "╵"
        case (.nothing, .wick): "╷"
        case (.wick, .body): isBlock ? "▄" : "╽"
        case (.body, .wick): isBlock ? "▀" : "╿"
        }
    }

    // MARK: Volume

    private func drawVolume(_ candle: Candle, at column: Int, in cells: inout [[DrawnCell]]) {
        guard volumeRows > 0, let volume = candle.volume, volume > 0, let most = candles.compactMap(\.volume).max() else { return }
        let bar = BlockBar(share: volume / most, rows: volumeRows)
        for row in 0..<volumeRows {
            guard let character = bar.character(row) else { continue }
            cells[priceRows + 1 + row][column] = DrawnCell(character: character, paint: paint(candle))
        }
    }

    /// `4.2B`.
    private static func short(_ number: Double) -> String {
        for (unit, suffix) in [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")] where number >= unit {
            return String(format: number / unit >= 100 ? "%.0f" : "%.1f", number / unit) + suffix
        }
        return String(format: "%.0f", number)
    }
}

/// A bar of block elements, to an eighth of a cell; what is more than nothing is seen.
struct BlockBar {
    private let eighths: Int
    private let rows: Int

    init(share: Double, rows: Int) {
        eighths = share > 0 ? max(1, Int((share * Double(rows * 8)).rounded())) : 0
        self.rows = rows
    }

    /// What stands in a row, counted from the top.
    func character(_ row: Int) -> Character? {
        let filled = eighths - (rows - 1 - row) * 8
        return filled <= 0 ? nil : Array("▁▂▃▄▅▆▇█")[min(8, filled) - 1]
    }
}
