import Language
import Runtime

/// Progress in words.
enum ProgressText {
    /// What is going on, in one line of at most `width` cells of a terminal.
    static func line(_ moment: RunProgress.Moment, width: Int) -> String {
        // What was typed is one of no number of cells.
        let shown = TypedInput.shownName(moment.cell)
        var parts = [shown == moment.cell ? "\(moment.cellNumber)/\(moment.cellCount) \(shown)" : shown]
        if let name = moment.name { parts.append(name) }
        parts += rows(moment)
        if let activity = moment.activity { parts.append(activity) }
        parts.append(moment.secondsRemaining.map { "about \(duration($0)) left" } ?? duration(moment.seconds))
        return cut(parts.joined(separator: "  "), to: width - 1)
    }

    /// What a cell came to.
    static func line(_ cell: RunProgress.Cell) -> String {
        let rate = cell.rows > 0 && cell.seconds > 0 ? ", \(Int(Double(cell.rows) / cell.seconds).grouped) rows/s" : ""
        let rows = cell.rows > 0 ? "\(counted(cell.rows, "row")) in " : ""
        return "\(cell.number)/\(cell.count) \(TypedInput.shownName(cell.name)): \(rows)\(duration(cell.seconds))\(rate)"
    }

    private static func rows(_ moment: RunProgress.Moment) -> [String] {
        guard moment.rows > 0 else { return [] }
        // An estimate that is passed was wrong.
        let expected = moment.expectedRows.flatMap { $0 > moment.rows ? $0 : nil }
        let count = expected.map { "\(moment.rows.grouped) of about \(rounded($0).grouped) rows" } ?? counted(moment.rows, "row")
        guard moment.activity == nil, let rate = moment.rate else { return [count] }
        return [count, "\(Int(rate).grouped) rows/s"]
    }

    /// Three digits, since more would not be true.
    private static func rounded(_ rows: Int) -> Int {
        var unit = 1
        while rows / unit >= 1_000 { unit *= 10 }
        return (rows + unit / 2) / unit * unit
    }

    static func duration(_ seconds: Double) -> String {
        if seconds < 10 { return "\((seconds * 10).rounded() / 10) s" }
        let whole = Int(seconds.rounded())
        if whole < 60 { return "\(whole) s" }
        if whole < 3_600 { return "\(whole / 60) min \(whole % 60) s" }
        return "\(whole / 3_600) h \(whole % 3_600 / 60) min"
    }

    private static func cut(_ line: String, to width: Int) -> String {
        guard TerminalWidth.of(line) > width else { return line }
        var line = line
        while !line.isEmpty, TerminalWidth.of(line) > width - 1 { line.removeLast() }
        return line + "…"
    }
}
