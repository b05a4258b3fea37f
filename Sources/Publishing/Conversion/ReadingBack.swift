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
            return beginningOfCell(in: cell.source) ?? "its code would be read as something else"
        case .markdown, .raw:
            if isFirst, cell.kind == .raw { return nil }
            guard cells(of: cell.source + "\n\n```tick\nx\n```\n") != ["x\n"] else { return nil }
            return TextMistake(in: cell.source).words ?? "its text would be read as something else"
        }
    }

    private func beginningOfCell(in code: String) -> String? {
        let lines = SourceLines(code)
        let number = (1...max(1, lines.count)).first { MarkdownFence(opening: lines.text(ofLine: $0))?.isCell == true }
        return number.map { "line \($0) of its code, \(lines.text(ofLine: $0)), begins another cell; take that line out" }
    }

    private func cells(of markdown: String) -> [String] {
        let text = Self.header + markdown
        let lines = SourceLines(text)
        return Notebook.parse(path: "notebook.md", text: text).0.cells.map { lines.text($0.code) }
    }
}
