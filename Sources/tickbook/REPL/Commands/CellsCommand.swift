import Foundation
import Runtime

extension ColonCommand {
    static let cells = ColonCommand(name: "cells", arguments: "", summary: "the notebook's cells and how each stands", count: 0...0) {
        _, shell in
        try CellList(shell.session).print()
    }
}

/// The cells with state, rows and last run; the one to run next is marked.
private struct CellList {
    private let session: AnalystSession

    init(_ session: AnalystSession) { self.session = session }

    func print() throws {
        let state = session.state
        if state.notebook.text.isEmpty, !typed.isEmpty { return Terminal.print("No cells yet. \(typed)") }
        let check = try session.checkWithCells()
        let changed = Set(state.notebook.changedCells)
        let rows = session.survey(check).map { cell in
            [
                cell.name == state.nextCell ? "›" : " ", cell.name + (changed.contains(cell.name) ? "*" : ""), "\(cell.standing)",
                [cell.rows?.grouped, cell.version].compactMap(\.self).joined(separator: " "), cell.lastRun.map(Self.time) ?? "",
            ]
        }
        TextColumns(["", "cell", "state", "rows", "last run"], alignedRight: [3]).print(rows)
        if !changed.isEmpty { Terminal.print("* not saved yet; :save writes it") }
        if !typed.isEmpty { Terminal.print(typed) }
    }

    private var typed: String {
        let names = session.state.inputs.compactMap(\.definedName)
        return names.isEmpty ? "" : "Typed: \(names.joined(separator: ", ")); :keep makes a cell of \(names.count == 1 ? "it" : "them")."
    }

    /// The time of today, the date of other days.
    private static func time(_ date: Date) -> String {
        let isToday = Calendar.current.isDateInToday(date)
        let format = Date.VerbatimFormatStyle(
            format: isToday
                ? "\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits)"
                : "\(year: .defaultDigits)-\(month: .twoDigits)-\(day: .twoDigits)", timeZone: .current, calendar: .current)
        return date.formatted(format)
    }
}
