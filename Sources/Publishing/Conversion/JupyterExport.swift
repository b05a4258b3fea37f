import Language

/// A Markdown notebook as a Jupyter file from which the same bytes come back.
///
/// The front matter is a raw cell, prose between cells a Markdown cell, a cell a code cell under its name. What is written otherwise
/// than `JupyterImport` would write it, such as a fence of tildes or three blank lines, is noted in the metadata.
package enum JupyterExport {
    /// Throws the notebook's mistakes where its cells cannot be told.
    package static func jupyter(path: String, text: String) throws(ConversionFault) -> JupyterNotebook {
        let lineEnds = LineEnds(of: text)
        let (notebook, diagnostics) = Notebook.parse(path: path, text: lineEnds.removed(from: text))
        // Prose alone is a file that can come back.
        guard diagnostics.allSatisfy({ $0.problem == .noCells }) else { throw .mistakes(Notebook.parse(path: path, text: text).1) }
        // Comments that only look like an earlier conversion's are prose.
        for readingMarkers in [true, false] {
            let made = Self.made(MarkdownParts(notebook, readingMarkers: readingMarkers), lineEnds)
            if (try? JupyterImport.markdown(made).text) == text { return made }
        }
        throw .ambiguousCell(number: 1, reason: "lines of the file end in different ways; give all of them one kind of line end")
    }

    private static func made(_ parts: MarkdownParts, _ lineEnds: LineEnds) -> JupyterNotebook {
        var previous: MarkdownParts.Part?
        var cells: [JupyterNotebook.Cell] = []
        for part in parts.parts {
            cells.append(cell(part, after: previous, number: cells.count + 1))
            previous = part
        }
        var own: [String: NotebookJSON] = [:]
        if lineEnds != .lineFeed { own["line_end"] = .string(lineEnds.rawValue) }
        if parts.end != "\n" { own["end"] = .string(parts.end) }
        // The ids of a notebook that began in Jupyter are worth keeping.
        if parts.parts.contains(where: { $0.marker?.id != nil }) { own["keeps_ids"] = .bool(true) }
        var metadata = JupyterFrontMatter.tickbook
        if case .frontMatter? = parts.parts.first?.kind { metadata.merge(JupyterFrontMatter.metadata(in: parts.parts[0].text)) { $1 } }
        metadata[JupyterNotebook.ownMetadata] = .object(own)
        return JupyterNotebook(cells: cells, metadata: metadata)
    }

    private static func cell(_ part: MarkdownParts.Part, after previous: MarkdownParts.Part?, number: Int) -> JupyterNotebook.Cell {
        var cell = JupyterNotebook.Cell(kind: .markdown, source: part.text, id: "tickbook-\(number)")
        var own: [String: NotebookJSON] = [:]
        if part.before != MarkdownParts.Part.usualGap(after: previous) { own["before"] = .string(part.before) }
        cell.metadata = part.marker?.metadata ?? [:]
        cell.id = part.marker?.id ?? cell.id
        switch part.kind {
        case .frontMatter: cell.kind = .raw
        case .prose: cell.kind = part.marker?.kind ?? .markdown
        case .cell(let name, let open, let close, let isOneEmptyLine):
            cell.kind = .code
            if let name { cell.metadata["name"] = .string(name) }
            let usual = CellFences(name: name, code: part.text)
            if open != usual.open { own["open"] = .string(open) }
            if close != usual.close { own["close"] = .string(close) }
            if isOneEmptyLine { own["empty_line"] = .bool(true) }
        }
        if !own.isEmpty { cell.metadata[JupyterNotebook.ownMetadata] = .object(own) }
        return cell
    }
}

/// The fences that a cell gets where nothing else is asked for: longer than any row of backticks at the start of its lines.
struct CellFences {
    let open: String
    let close: String

    init(name: String?, code: String) {
        close = String(repeating: "`", count: max(3, Self.longestRow(in: code) + 1))
        open = close + "tick" + (name.map { " " + $0 } ?? "")
    }

    private static func longestRow(in code: String) -> Int {
        var (longest, row, isStart) = (0, 0, true)
        for byte in code.utf8 {
            switch byte {
            case UInt8(ascii: "\n"): (row, isStart) = (0, true)
            case UInt8(ascii: "`") where isStart: row += 1
            case UInt8(ascii: " ") where row == 0: break
            default: isStart = false
            }
            longest = max(longest, row)
        }
        return longest
    }
}
