import Language

/// A Jupyter file as a Markdown notebook.
///
/// Prose, code, order, names, ids, tags and other metadata are kept, those that Markdown has no place for in comments, see `CellMarker`.
/// Outputs and attachments are not, nor blank lines at the ends of a Markdown cell.
package struct JupyterImport {
    package let text: String
    /// What could not be kept, each a sentence without its full stop.
    package let losses: [String]

    package static func markdown(_ jupyter: JupyterNotebook) throws(ConversionFault) -> JupyterImport {
        var assembly = MarkdownAssembly(jupyter)
        assembly.addAll()
        let text = assembly.lineEnds.restored(in: assembly.parts.joined)
        try ReadingBack(assembly.parts, jupyter).check()
        return JupyterImport(text: text, losses: assembly.losses)
    }
}

/// Builds the parts of a Markdown notebook from a Jupyter notebook's cells.
private struct MarkdownAssembly {
    let jupyter: JupyterNotebook
    let own: NotebookJSON?
    /// A notebook that Tickbook wrote gives its cells ids that need not be kept.
    let keepsIds: Bool
    var parts = MarkdownParts()
    var losses: [String] = []
    private var names: Set<String> = []

    init(_ jupyter: JupyterNotebook) {
        self.jupyter = jupyter
        own = jupyter.metadata[JupyterNotebook.ownMetadata]
        keepsIds = own == nil || own?["keeps_ids"]?.bool == true
    }

    var lineEnds: LineEnds { own?["line_end"]?.string.flatMap(LineEnds.init) ?? .lineFeed }

    mutating func addAll() {
        var cells = jupyter.cells[...]
        if let first = cells.first, first.kind == .raw, first.source.drop(while: { $0 == "\u{FEFF}" }).hasPrefix("---") {
            let text = own == nil || keepsIds ? JupyterFrontMatter.with(jupyter.metadata, first.source) : first.source
            parts.parts.append(MarkdownParts.Part(kind: .frontMatter, before: gap(first), text: text))
            cells = cells.dropFirst()
        } else {
            parts.parts.append(MarkdownParts.Part(kind: .frontMatter, text: JupyterFrontMatter.made(for: jupyter.metadata)))
        }
        for cell in cells { add(cell) }
        parts.end = own?["end"]?.string ?? "\n"
        noteLosses()
    }

    private func gap(_ cell: JupyterNotebook.Cell) -> String {
        cell.metadata[JupyterNotebook.ownMetadata]?["before"]?.string ?? MarkdownParts.Part.usualGap(after: parts.parts.last)
    }

    private mutating func add(_ cell: JupyterNotebook.Cell) {
        var part = MarkdownParts.Part(kind: .prose, before: gap(cell), text: cell.source)
        if cell.kind == .code {
            part = MarkdownParts.Part(kind: kind(cell), before: part.before, text: cell.source)
        } else if cell.metadata[JupyterNotebook.ownMetadata] == nil {
            part.text = cell.source.trimmingBlankLines
        }
        part.marker = marker(cell, part)
        // Within a notebook of Tickbook's own an empty cell of prose says nothing.
        if part.kind == .prose, part.text.isEmpty, part.marker == nil { return }
        parts.parts.append(part)
    }

    private mutating func kind(_ cell: JupyterNotebook.Cell) -> MarkdownParts.Part.Kind {
        var name = cell.metadata["name"]?.string
        if let given = name {
            if given.isEmpty || given.contains(where: { $0.isWhitespace || $0 == "`" }) {
                name = nil
                losses.append("the name '\(given)' of a cell, since names are one word")
            } else if !names.insert(given).inserted {
                name = nil
                losses.append("the name '\(given)' of a second cell")
            }
        }
        let own = cell.metadata[JupyterNotebook.ownMetadata]
        // Fences as they were written serve as long as they name the cell and hold its code.
        let usual = CellFences(name: name, code: cell.source)
        let open = own?["open"]?.string.flatMap { Self.fence($0)?.cellName == name ? $0 : nil } ?? usual.open
        let close = own?["close"]?.string.flatMap { Self.fence(open)?.isClosed(by: $0.trimmingReturn) == true ? $0 : nil } ?? usual.close
        return .cell(name: name, open: open, close: close, isOneEmptyLine: cell.source.isEmpty && own?["empty_line"]?.bool == true)
    }

    private static func fence(_ line: String) -> MarkdownFence? {
        MarkdownFence(opening: line.trimmingReturn).flatMap { $0.isCell ? $0 : nil }
    }

    /// Nil where there is nothing to note; in a notebook that began in Jupyter prose behind prose needs a boundary.
    private func marker(_ cell: JupyterNotebook.Cell, _ part: MarkdownParts.Part) -> CellMarker? {
        var marker = CellMarker(kind: cell.kind)
        if keepsIds, let id = cell.id, !id.hasPrefix("tickbook-") { marker.id = id }
        marker.metadata = cell.metadata
        marker.metadata[JupyterNotebook.ownMetadata] = nil
        if case .cell(.some, _, _, _) = part.kind { marker.metadata["name"] = nil }
        let isBoundary = keepsIds && part.kind == .prose && (parts.parts.last?.kind == .prose || part.text.isEmpty)
        return marker.saysSomething || isBoundary ? marker : nil
    }

    private mutating func noteLosses() {
        let outputs = jupyter.cells.count { $0.outputCount > 0 }
        let attachments = jupyter.cells.reduce(0) { $0 + $1.attachmentCount }
        if outputs > 0 { losses.append("the outputs of \(outputs) cell\(outputs == 1 ? "" : "s")") }
        if attachments > 0 { losses.append("\(attachments) attached picture\(attachments == 1 ? "" : "s"); save them as files") }
    }
}

extension String {
    fileprivate var trimmingReturn: String { unicodeScalars.last == "\r" ? String(unicodeScalars.dropLast()) : self }

    /// Without blank lines at both ends and without blanks behind the last word, as `MarkdownParts` cuts prose.
    fileprivate var trimmingBlankLines: String {
        let isBlank = { (scalar: Unicode.Scalar) in scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" }
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !isBlank($0) }), let last = scalars.lastIndex(where: { !isBlank($0) }) else {
            return ""
        }
        let lineStart = scalars[..<first].lastIndex(of: "\n").map { scalars.index(after: $0) } ?? scalars.startIndex
        return String(scalars[lineStart...last])
    }
}
