import Language

/// A Markdown notebook cut into front matter, prose and cells; joined again they are the same bytes.
struct MarkdownParts: Hashable {
    struct Part: Hashable {
        enum Kind: Hashable {
            case frontMatter
            case prose
            /// With its fences' lines as written, and whether nothing at all, or one empty line, stands between them.
            case cell(name: String?, open: String, close: String, isOneEmptyLine: Bool)
        }

        let kind: Kind
        /// What stands between the part before and this one: line ends and blanks.
        var before = ""
        var marker: CellMarker?
        /// Without the last line's end.
        var text: String
    }

    var parts: [Part] = []
    /// What stands behind the last part.
    var end = ""

    var joined: String { parts.map { $0.before + ($0.marker.map { $0.line + "\n" } ?? "") + $0.body }.joined() + end }

    var cells: [Part] { parts.filter { if case .cell = $0.kind { true } else { false } } }
}

extension MarkdownParts.Part {
    var body: String {
        guard case .cell(_, let open, let close, let isOneEmptyLine) = kind else { return text }
        return open + "\n" + (text.isEmpty ? (isOneEmptyLine ? "\n" : "") : text + "\n") + close
    }

    /// What stands between two parts where nothing asks for more: an empty line, and none behind the front matter.
    static func usualGap(after previous: MarkdownParts.Part?) -> String {
        guard let previous else { return "" }
        return previous.kind == .frontMatter ? "\n" : "\n\n"
    }
}

extension MarkdownParts {
    /// Cuts a notebook that was read without mistakes; line ends are `\n`. With `readingMarkers`, comments of an earlier conversion
    /// become what they stand for.
    init(_ notebook: Notebook, readingMarkers: Bool) {
        var cutter = PartCutter(text: notebook.text, readsMarkers: readingMarkers)
        cutter.cut(notebook)
        self.init(parts: cutter.parts, end: cutter.gap)
    }
}

/// Works on bytes, since `\r\n` is one `Character`.
private struct PartCutter {
    let bytes: [UInt8]
    let lines: SourceLines
    let readsMarkers: Bool
    var parts: [MarkdownParts.Part] = []
    /// Blank lines since the last part, or since the pending marker.
    var gap = ""
    /// A marker whose cell has not come yet, and the blank lines above it.
    private var pending: (marker: CellMarker, before: String)?

    init(text: String, readsMarkers: Bool) {
        bytes = Array(text.utf8)
        lines = SourceLines(text)
        self.readsMarkers = readsMarkers
    }

    mutating func cut(_ notebook: Notebook) {
        var position = notebook.frontMatter.end
        if position > 0 { add(.frontMatter, text(0..<position)) }
        for cell in notebook.cells {
            addProse(position..<cell.fence.start)
            let close = lines.span(ofLine: lines.line(of: cell.code.end))
            addCell(cell, close: text(close.start..<close.end))
            position = close.end
        }
        addProse(position..<bytes.count)
        endPending(before: .prose)
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    private mutating func addCell(_ cell: NotebookCell, close: String) {
        endPending(before: .code)
        let open = text(cell.fence.start..<max(cell.fence.start, cell.code.start - 1))
        let code = cell.code.start..<max(cell.code.start, cell.code.end - 1)
        let kind = MarkdownParts.Part.Kind.cell(
            name: MarkdownFence(opening: text(cell.fence.start..<cell.fence.end))?.cellName, open: open, close: close,
            isOneEmptyLine: cell.code.end == cell.code.start + 1)
        add(kind, text(code))
    }

    private enum Following { case code, prose }

    /// A marker of prose without any prose behind it stands for an empty cell.
    private mutating func endPending(before following: Following) {
        guard let (marker, before) = pending, following == .prose || marker.kind != .code else { return }
        parts.append(MarkdownParts.Part(kind: .prose, before: before, marker: marker, text: ""))
        pending = nil
    }

    private mutating func add(_ kind: MarkdownParts.Part.Kind, _ text: String) {
        parts.append(MarkdownParts.Part(kind: kind, before: (pending?.before ?? "") + gap, marker: pending?.marker, text: text))
        (gap, pending) = ("", nil)
    }

    private mutating func addProse(_ range: Range<Int>) {
        var start = range.lowerBound
        var position = start
        while readsMarkers, position < range.upperBound {
            let end = bytes[position..<range.upperBound].firstIndex(of: UInt8(ascii: "\n")) ?? range.upperBound
            if end < range.upperBound, let marker = CellMarker(line: text(position..<end)) {
                addParagraphs(start..<position)
                endPending(before: .prose)
                pending = (marker, gap)
                gap = ""
                start = end + 1
            }
            position = end + 1
        }
        if start < range.upperBound { addParagraphs(start..<range.upperBound) }
    }

    /// Blank lines at both ends belong to the gaps.
    private mutating func addParagraphs(_ range: Range<Int>) {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
        guard let firstByte = range.first(where: { !isBlank(bytes[$0]) }), let lastByte = range.last(where: { !isBlank(bytes[$0]) }) else {
            gap += text(range)
            return
        }
        let lineStart = bytes[range.lowerBound..<firstByte].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? range.lowerBound
        gap += text(range.lowerBound..<lineStart)
        add(.prose, text(lineStart..<lastByte + 1))
        gap = text(lastByte + 1..<range.upperBound)
    }
}
