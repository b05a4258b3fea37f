package import Language

/// The one text that a session's check reads: the notebook, then what was typed, each statement of that a cell of its own.
package struct SessionText: Sendable, Hashable {
    /// A stretch of the text and where it comes from.
    struct Part: Sendable, Hashable {
        let start: Int
        let path: String
        let text: String
        let firstLine: Int
    }

    private(set) var text: String
    private(set) var parts: [Part]
    private var cells: [NamedSpan]

    private struct NamedSpan: Sendable, Hashable {
        let name: String
        let code: SourceSpan
        let fence: SourceSpan
    }

    init(_ notebook: NotebookText, _ inputs: [TypedInput]) {
        text = notebook.text
        parts = [Part(start: 0, path: notebook.notebook.path, text: notebook.text, firstLine: 1)]
        cells = notebook.notebook.cells.map { NamedSpan(name: $0.name, code: $0.code, fence: $0.fence) }
        for input in inputs { add(input) }
    }

    init(_ part: Part) {
        text = part.text
        parts = [part]
        cells = []
    }

    private mutating func add(_ input: TypedInput) {
        // An entry's text stands there once for all of its statements in a row.
        if parts.last?.text != input.entry.text || parts.last?.firstLine != input.entry.firstLine || parts.count == 1 {
            text += "\n"
            parts.append(
                Part(start: text.utf8.count, path: input.entry.place, text: input.entry.text, firstLine: input.entry.firstLine))
            text += input.entry.text
        }
        let start = parts.last!.start
        let code = SourceSpan(start + input.span.start, start + input.span.end)
        cells.append(NamedSpan(name: input.cellName, code: code, fence: SourceSpan(code.start, code.start)))
    }

    /// As the parser takes it.
    func notebook(title: String?) -> Notebook {
        Notebook(
            path: parts[0].path, text: text, title: title,
            cells: cells.map { NotebookCell(name: $0.name, code: $0.code, fence: $0.fence) })
    }

    /// The span of a cell's code, a typed statement's included.
    func code(of cell: String) -> SourceSpan? { cells.first { $0.name == cell }?.code }

    func isTyped(_ span: SourceSpan) -> Bool { parts.count > 1 && span.start >= parts[1].start }

    /// Where a mistake stands, in terms of the notebook's file or of the typed line.
    func place(of diagnostic: Diagnostic) -> (path: String, text: String, diagnostic: Diagnostic) {
        let part = parts.last { $0.start <= diagnostic.span.start } ?? parts[0]
        let linesBefore = part.firstLine - 1
        let span = SourceSpan(
            diagnostic.span.start - part.start + linesBefore,
            min(diagnostic.span.end - part.start, part.text.utf8.count) + linesBefore)
        let text = String(repeating: "\n", count: linesBefore) + part.text
        return (part.path, text, Diagnostic(problem(of: diagnostic), at: span, severity: diagnostic.severity))
    }

    /// What was typed has a number and no name that anyone knows.
    private func problem(of diagnostic: Diagnostic) -> Problem {
        if case .failed(_, let reason) = diagnostic.problem, isTyped(diagnostic.span) {
            .failed(cell: "", reason: reason)
        } else {
            diagnostic.problem
        }
    }

    /// Mistakes as people read them.
    package func render(_ diagnostics: [Diagnostic], usesColour: Bool) -> String {
        diagnostics.map { diagnostic in
            let place = place(of: diagnostic)
            return DiagnosticRenderer(path: place.path, text: place.text, usesColour: usesColour).render(place.diagnostic)
        }.joined(separator: "\n")
    }
}
