extension Notebook {
    /// Reads a Markdown file's front matter and cells; what the cells say is the parser's matter.
    package static func parse(path: String, text: String) -> (Notebook, [Diagnostic]) {
        let lines = SourceLines(text)
        let (frontMatter, frontMatterProblems) = FrontMatter.read(lines)
        var reader = CellReader(lines: lines, line: frontMatter.lastLine + 1)
        reader.readAll()
        var diagnostics = frontMatterProblems + reader.diagnostics
        if reader.cells.isEmpty, diagnostics.isEmpty { diagnostics.append(Diagnostic(.noCells, at: lines.span(ofLine: 1))) }
        let frontMatterEnd = frontMatter.lastLine == 0 ? 0 : lines.span(ofLine: frontMatter.lastLine).end
        let notebook = Notebook(
            path: path, text: text, title: frontMatter.title, cells: reader.cells, frontMatter: SourceSpan(0, frontMatterEnd))
        return (notebook, diagnostics)
    }
}

/// Walks over the lines behind the front matter and collects the fenced blocks marked `tick`.
private struct CellReader {
    let lines: SourceLines
    /// The next line, from 1.
    var line: Int
    var cells: [NotebookCell] = []
    var diagnostics: [Diagnostic] = []

    mutating func readAll() {
        while line <= lines.count {
            let text = lines.text(ofLine: line)
            if let fence = MarkdownFence(opening: text) {
                readBlock(fence)
            } else if MarkdownFence.isComment(opening: text) {
                skipComment()
            } else {
                line += 1
            }
        }
    }

    /// Reads the block up to its closing fence; a cell that runs into the next cell's fence was never closed.
    private mutating func readBlock(_ fence: MarkdownFence) {
        let opening = line
        line += 1
        if let mark = fence.misspeltCellMark {
            diagnostics.append(Diagnostic(.misspeltCellMark(mark), at: lines.span(ofLine: opening)))
        }
        while line <= lines.count {
            let text = lines.text(ofLine: line)
            if fence.isClosed(by: text) {
                if fence.isCell { addCell(fence, opening: opening, codeEnd: lines.span(ofLine: line).start) }
                line += 1
                return
            }
            if fence.isCell, let next = MarkdownFence(opening: text), next.isCell { break }
            line += 1
        }
        guard fence.isCell else { return }
        diagnostics.append(Diagnostic(.unclosedFence(cell: name(of: fence)), at: lines.span(ofLine: opening)))
        // Nobody can tell where its code ends and prose begins, so it counts as a cell without code.
        addCell(fence, opening: opening, codeEnd: nil)
    }

    private func name(of fence: MarkdownFence) -> String { fence.cellName ?? "cell-\(cells.count + 1)" }

    private mutating func addCell(_ fence: MarkdownFence, opening: Int, codeEnd: Int?) {
        let span = lines.span(ofLine: opening)
        let name = name(of: fence)
        if cells.contains(where: { $0.name == name }) { diagnostics.append(Diagnostic(.duplicateCell(name: name), at: span)) }
        let codeStart = codeEnd == nil ? span.end : lines.span(ofLine: opening + 1).start
        cells.append(NotebookCell(name: name, code: SourceSpan(codeStart, codeEnd ?? span.end), fence: span))
    }

    private mutating func skipComment() {
        while line <= lines.count {
            line += 1
            if lines.text(ofLine: line - 1).contains("-->") { return }
        }
    }
}
