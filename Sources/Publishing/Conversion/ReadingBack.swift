import Language

/// Proves that Markdown made of a Jupyter notebook is read as the cells it was made of; else some cell's text would change meaning.
struct ReadingBack {
    private static let header = "---\ntickbook: 1\n---\n"

    private let parts: MarkdownParts
    private let jupyter: JupyterNotebook

    init(_ parts: MarkdownParts, _ jupyter: JupyterNotebook) {
        self.parts = parts
        self.jupyter = jupyter
    }

    func check() throws(ConversionFault) {
        let (notebook, diagnostics) = Notebook.parse(path: "notebook.md", text: parts.joined)
        let found = MarkdownParts(notebook, readingMarkers: false).cells.map { [$0.body, $0.text] }
        if diagnostics.allSatisfy({ $0.problem == .noCells }), found == parts.cells.map({ [$0.body, $0.text] }) { return }
        throw fault(diagnostics)
    }

    private func fault(_ diagnostics: [Diagnostic]) -> ConversionFault {
        for (index, cell) in jupyter.cells.enumerated() {
            if let reason = reason(cell, isFirst: index == 0) { return .ambiguousCell(number: index + 1, reason: reason) }
        }
        return .mistakes(diagnostics)
    }

    private func reason(_ cell: JupyterNotebook.Cell, isFirst: Bool) -> String? {
        switch cell.kind {
        case .code:
            let fences = CellFences(name: nil, code: cell.source)
            let text = cell.source.isEmpty ? "" : cell.source + "\n"
            guard cells(of: fences.open + "\n" + text + fences.close + "\n") != [text] else { return nil }
            return "its code has a line that begins another cell, such as ```tick; take that line out"
        case .markdown, .raw:
            if isFirst, cell.kind == .raw { return nil }
            guard cells(of: cell.source + "\n\n```tick\nx\n```\n") != ["x\n"] else { return nil }
            return "its text holds a fenced block of the kind ```tick, or opens a block or an HTML comment that it does not close"
        }
    }

    private func cells(of markdown: String) -> [String] {
        let text = Self.header + markdown
        let lines = SourceLines(text)
        return Notebook.parse(path: "notebook.md", text: text).0.cells.map { lines.text($0.code) }
    }
}
