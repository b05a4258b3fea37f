import Language

extension AnalystSession {
    /// What a new text of the file, or an edit, has changed for the cells.
    package struct Consequence: Sendable {
        /// Cells that were as they should be, and no longer are; with why.
        package let outOfDate: [CellSurvey]
        package let mistakes: SessionMistakes?
    }

    package enum FileNotice: Sendable {
        case reloaded(path: String, Consequence)
        /// The session's own edits stand against it.
        case conflicting(path: String, edited: [String])
    }

    // MARK: Reading

    /// Takes over the file's text where it has changed since it was read; with edits that are not saved, only tells so, once.
    package func noticeFile() throws -> FileNotice? {
        guard let path = state.notebook.path, let text = NotebookFile(path: path).change(since: state.notebook.onDisk) else { return nil }
        guard !state.notebook.hasEdits else {
            defer { announcedText = text }
            return announcedText == text ? nil : .conflicting(path: path, edited: state.notebook.changedCells)
        }
        return .reloaded(path: path, try consequence(of: { try apply(.reread(text)) }))
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
        let before = Set(try survey(check()).filter { !$0.isOutOfDate }.map(\.name))
        try change()
        let check = try check(afresh: true)
        let mistakes = check.notebookMistakes
        return Consequence(
            outOfDate: survey(check).filter { $0.isOutOfDate && before.contains($0.name) },
            mistakes: mistakes.isEmpty ? nil : SessionMistakes(mistakes, check.text))
    }

    // MARK: Writing

    /// Writes the text with its changed and new cells; returns their names and the path. The file is what it was, but for these.
    package func save(as other: String?) throws -> (path: String, cells: [String]) {
        guard let path = other ?? state.notebook.path else {
            throw state.notebook.text.isEmpty ? SessionFault.nothingToSave : SessionFault.fileNeeded
        }
        let isOwn = path == state.notebook.path
        guard !isOwn || state.notebook.hasEdits else { throw SessionFault.nothingToSave }
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
