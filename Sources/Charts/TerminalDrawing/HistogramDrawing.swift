/// Bars side by side over a number.
struct HistogramDrawing {
    private let chart: Chart
    private let settings: TerminalDrawing.Settings
    private let bins: [HistogramBin]
    private let most: Int
    private let rows: Int
    private let labels: [Int: String]
    private let columns: Int
    private let merged: Int

    /// There is a bin.
    init(chart: Chart, bins: [HistogramBin], settings: TerminalDrawing.Settings) {
        self.chart = chart
        self.settings = settings
        rows = settings.height - 2 - (chart.title == nil ? 0 : 1) - 1
        let room = settings.width - 9
        merged = (bins.count + room - 1) / room
        self.bins = bins.inGroups(of: merged)
        most = max(1, self.bins.map(\.count).max()!)
        labels = Self.labels(most, rows)
        columns = settings.width - DrawingFrame.margin(labels.values)
    }

    /// Numbers of rows, at the top of the row that a bar of as many reaches.
    private static func labels(_ most: Int, _ rows: Int) -> [Int: String] {
        let scale = LinearScale(lower: 0, upper: Double(most))
        let ticks = scale.ticks(atMost: max(2, rows / 3)).filter { $0 == $0.rounded() }
        let places = ticks.map { max(0, rows - max(1, Int((scale.position($0) * Double(rows)).rounded()))) }
        return Dictionary(zip(places, AxisNumber.texts(ticks)), uniquingKeysWith: { first, _ in first })
    }

    var frame: DrawingFrame {
        let width = max(1, columns / bins.count)
        let used = width * bins.count
        var cells = [[DrawnCell]](repeating: [DrawnCell](repeating: DrawnCell(), count: used), count: rows)
        for (index, bin) in bins.enumerated() {
            let bar = BlockBar(share: Double(bin.count) / Double(most), rows: rows)
            for row in 0..<rows {
                guard let character = bar.character(row) else { continue }
                // Wide bars stand apart.
                for column in 0..<(width > 3 ? width - 1 : width) {
                    cells[row][index * width + column] = DrawnCell(character: character, paint: .cyan)
                }
            }
        }
        let scale = LinearScale(lower: bins[0].lower, upper: bins[bins.count - 1].upper)
        return DrawingFrame(
            settings: settings, title: chart.title, note: note, cells: cells, rowLabels: labels, ticks: NumberTicks.on(scale, width: used))
    }

    private var note: String {
        let together = merged > 1 ? "a bar is \(merged) bins" : nil
        let counted = "\(AxisNumber.grouped("\(bins.reduce(0) { $0 + $1.count })")) rows by \(chart.x.name)"
        return [counted, together, chart.note].compactMap(\.self).joined(separator: " · ")
    }
}

extension [HistogramBin] {
    /// Neighbours counted together, the last group of what is left.
    func inGroups(of size: Int) -> [HistogramBin] {
        guard size > 1 else { return self }
        return stride(from: 0, to: count, by: size).map { start in
            let group = self[start..<Swift.min(start + size, count)]
            return HistogramBin(lower: group.first!.lower, upper: group.last!.upper, count: group.reduce(0) { $0 + $1.count })
        }
    }
}
