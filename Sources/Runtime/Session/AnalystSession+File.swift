import Foundation
import Language

extension AnalystSession {
    /// What a new text of the file, or an edit, has changed for the cells.
    package struct Consequence: Sendable {
        /// Cells that were as they should be, and no longer are; with why.
        package let outOfDate: [CellSurvey]
        /// Cells that are new, and those that are gone.
        package let added: [String]
        package let removed: [String]
        package let mistakes: SessionMistakes?
    }

    package enum FileNotice: Sendable {
        case reloaded(path: String, Consequence)
        /// The session's own edits stand against it.
        case conflicting(path: String, edited: [String])
        /// The file is gone, or no text; the session goes on with what it read.
        case unreadable(path: String, reason: String)
    }

    // MARK: Reading

    /// Takes over the file's text where it has changed since it was read; with edits that are not saved, or where it is no
    /// text, only tells so, once.
    package func noticeFile() throws -> FileNotice? {
        guard let path = state.notebook.path else { return nil }
        let change = NotebookFile(path: path).change(since: state.notebook.onDisk)
        let isTold = change == announced
        announced = change
        switch change {
        case nil: return nil
        case .unreadable(let reason): return isTold ? nil : .unreadable(path: path, reason: reason)
        case .text where state.notebook.hasEdits: return isTold ? nil : .conflicting(path: path, edited: state.notebook.changedCells)
        case .text(let text): return .reloaded(path: path, try consequence(of: { try apply(.reread(text)) }))
        }
    }

    /// Takes over the file's text; edits go only where `discarding` says so.
    package func reload(discarding: Bool) throws -> FileNotice {
        guard let path = state.notebook.path else { throw SessionFault.noNotebook }
        guard discarding || !state.notebook.hasEdits else { throw SessionFault.unsavedEdits(cells: state.notebook.changedCells) }
        let text = try NotebookFile(path: path).read()
        return .reloaded(path: path, try consequence(of: { try apply(.reread(text)) }))
    }

    /// Does something to the text and says what that means for the cells.
    package func consequence(of change: () throws -> Void) throws -> Consequence {
        let cells = state.notebook.cellNames
        let before = Set(try survey(check()).filter { !$0.isOutOfDate }.map(\.name))
        try change()
        let check = try check(afresh: true)
        let mistakes = check.notebookMistakes
        let now = state.notebook.cellNames
        return Consequence(
            outOfDate: survey(check).filter { $0.isOutOfDate && before.contains($0.name) },
            added: now.filter { !cells.contains($0) }, removed: cells.filter { !now.contains($0) },
            mistakes: mistakes.isEmpty ? nil : SessionMistakes(mistakes, check.text))
    }

    // MARK: Writing

    /// Writes the text with its changed and new cells; returns their names and the path. The file is what it was, but for these.
    package func save(as other: String?) throws -> (path: String, cells: [String]) {
        guard var path = other ?? state.notebook.path else {
            throw state.notebook.text.isEmpty ? SessionFault.nothingToSave : SessionFault.fileNeeded
        }
        let own = state.notebook.path.flatMap { $0.isSameFile(as: path) ? $0 : nil }
        let isOwn = own != nil
        path = own ?? path
        guard !isOwn || state.notebook.hasEdits || !NotebookFile(path: path).isThere else { throw SessionFault.nothingToSave }
        guard !state.notebook.text.isEmpty else { throw SessionFault.nothingToSave }
        let cells = state.notebook.changedCells
        do {
            try NotebookFile(path: path).write(state.notebook.text, replacing: isOwn ? state.notebook.onDisk : nil)
        } catch SessionFault.changedOutside where !isOwn {
            throw SessionFault.fileExists(path: path)
        }
        try apply(.saved(path: path))
        return (path, cells)
    }
}

extension String {
    /// Whether two paths lead to one file, `n.md` and `./n.md`.
    fileprivate func isSameFile(as other: String) -> Bool {
        func resolved(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path }
        return self == other || resolved(self) == resolved(other)
    }
}
