import Columnar
import Foundation
import Runtime

/// Prints rows as a table that fits the terminal; how many there are, and how to see what is left out, goes to standard error.
struct TableText {
    /// Without one, as many rows as the terminal has room for, and not more than 40.
    let limit: Int?

    func print(_ rows: ShownRows) throws {
        let settings = TableLayout.Settings(
            width: Terminal.width, limit: limit ?? Terminal.height.map { max(8, min(40, $0 - 8)) } ?? 40,
            usesColour: Terminal.resultsShowColour)
        let layout = try TableLayout(rows.stream, settings)
        let seconds = rows.began.elapsedSeconds
        Terminal.print(layout.lines.joined(separator: "\n"))
        var facts = counted(layout.rowCount, "row")
        if !layout.hiddenRows.isEmpty { facts += ", \((layout.rowCount - layout.hiddenRows.count).grouped) shown" }
        if !layout.hiddenColumns.isEmpty { facts += ", \(counted(layout.hiddenColumns.count, "column")) left out" }
        Terminal.note("\(facts) (\(String(format: "%.2f", seconds)) s)")
        for line in rows.advice(on: layout) { Terminal.note(line) }
    }
}
