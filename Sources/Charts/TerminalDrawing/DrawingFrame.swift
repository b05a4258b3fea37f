import Language

/// What stands around a drawing: title, legend, axes, note.
struct DrawingFrame {
    struct LegendEntry {
        let sample: String
        let name: String
        let paint: Paint
    }

    let settings: TerminalDrawing.Settings
    var title: String?
    var note: String?
    var legend: [LegendEntry] = []
    /// From the top; every row of one length.
    var cells: [[DrawnCell]]
    /// Labels of the vertical axis, by row.
    var rowLabels: [Int: String]
    var ticks: [AxisTick]

    /// How many cells labels of the vertical axis take, the axis itself included.
    static func margin(_ labels: some Sequence<String>) -> Int { (labels.map(\.count).max() ?? 0) + 2 }

    var lines: [String] {
        let margin = Self.margin(rowLabels.values)
        var lines: [String] = []
        if let title { lines.append(centred(title, margin)) }
        lines += legendLines(margin)
        lines += cells.enumerated().map { row, cells in axis(row, margin) + painted(cells) }
        lines += horizontalAxis(margin)
        if let note { lines.append(Paint.faint.text(cut(note, settings.width), settings.usesColour)) }
        return lines
    }

    private var width: Int { cells.first?.count ?? 0 }

    private func centred(_ title: String, _ margin: Int) -> String {
        let text = cut(title, settings.width)
        let space = max(0, min(margin + (width - TerminalWidth.of(text)) / 2, settings.width - TerminalWidth.of(text)))
        return spaces(space) + Paint.bold.text(text, settings.usesColour)
    }

    /// As many entries to a line as fit.
    private func legendLines(_ margin: Int) -> [String] {
        var lines: [(text: String, width: Int)] = []
        for entry in legend {
            let name = cut(entry.name, max(8, settings.width - margin - 4))
            let width = TerminalWidth.of(name) + entry.sample.count + 1
            let text = entry.paint.text(entry.sample, settings.usesColour) + " " + name
            if let last = lines.last, margin + last.width + 3 + width <= settings.width {
                lines[lines.count - 1] = (last.text + "   " + text, last.width + 3 + width)
            } else {
                lines.append((text, width))
            }
        }
        return lines.map { spaces(margin) + $0.text }
    }

    private func axis(_ row: Int, _ margin: Int) -> String {
        let label = rowLabels[row] ?? ""
        let text = spaces(margin - 2 - label.count) + label + (rowLabels[row] == nil ? " │" : " ┤")
        return Paint.faint.text(text, settings.usesColour)
    }

    private func horizontalAxis(_ margin: Int) -> [String] {
        var line = [Character](repeating: "─", count: width)
        var labels = [Character](repeating: " ", count: margin + width)
        var free = 0
        for tick in ticks.sorted(by: { $0.column < $1.column }) where tick.column < width {
            let start = min(max(0, margin + tick.column - tick.label.count / 2), labels.count - tick.label.count)
            guard start >= free else { continue }
            line[tick.column] = "┬"
            for (index, character) in tick.label.enumerated() { labels[start + index] = character }
            free = start + tick.label.count + 1
        }
        let below = String(String(labels).reversed().drop { $0 == " " }.reversed())
        return [spaces(margin - 1) + "└" + String(line), below].map { Paint.faint.text($0, settings.usesColour) }
    }

    private func painted(_ cells: [DrawnCell]) -> String {
        let used = cells.lastIndex { $0.character != " " }.map { cells[...$0] } ?? []
        var text = ""
        var run = ""
        var paint: Paint?
        for cell in used {
            if cell.paint != paint, cell.character != " " {
                text += paint?.text(run, settings.usesColour) ?? run
                run = ""
                paint = cell.paint
            }
            run.append(cell.character)
        }
        return text + (paint?.text(run, settings.usesColour) ?? run)
    }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

    private func cut(_ text: String, _ width: Int) -> String { TerminalWidth.cut(TerminalWidth.shown(text), to: width) }
}
