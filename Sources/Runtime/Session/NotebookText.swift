package import Language

/// A notebook as a session sees it: the text on disk as last read, and the same with the session's edits.
///
/// Invariants:
/// 1. An edit replaces the code of one cell or adds a cell; every other byte is the file's.
/// 2. After an edit the text has the cells it had, and the added one, with the code they are to have; code that would break a fence is
///    refused.
package struct NotebookText: Sendable {
    package private(set) var path: String?
    /// Nil where there is no file yet.
    package private(set) var onDisk: String?
    package private(set) var text: String
    package private(set) var notebook: Notebook
    /// What keeps the text from being a notebook.
    package private(set) var mistakes: [Diagnostic]

    /// A session without a notebook; its first cell begins one.
    package init() { self.init(path: nil, onDisk: nil, text: "") }

    package init(path: String, text: String) { self.init(path: path, onDisk: text, text: text) }

    private init(path: String?, onDisk: String?, text: String) {
        self.path = path
        self.onDisk = onDisk
        self.text = text
        (notebook, mistakes) = Self.parse(path, text)
    }

    private static let emptyNotebook = "---\ntickbook: 1\n---\n"

    private static func parse(_ path: String?, _ text: String) -> (Notebook, [Diagnostic]) {
        let path = path ?? "session"
        guard !text.isEmpty else { return (Notebook(path: path, text: "", title: nil, cells: []), []) }
        return Notebook.parse(path: path, text: text)
    }

    package var cellNames: [String] { notebook.cells.map(\.name) }

    package func cell(_ name: String) -> NotebookCell? { notebook.cells.first { $0.name == name } }

    package func code(of name: String) -> String? { cell(name).map { text.part($0.code) } }

    /// Cells whose code is not the file's, and those the file does not have.
    package var changedCells: [String] {
        guard text != onDisk else { return [] }
        let saved = onDisk.map { NotebookText(path: nil, onDisk: $0, text: $0) }
        return cellNames.filter { code(of: $0) != saved?.code(of: $0) }
    }

    package var hasEdits: Bool { text != (onDisk ?? "") }

    // MARK: Edits

    package mutating func replace(codeOf name: String, with code: String) throws(SessionFault) {
        guard let cell = cell(name) else { throw .unknownCell(name, known: cellNames) }
        let code = inOwnLineEnds(code.endingWithNewline)
        try edit(cell.code, code, expecting: codes { $0 == name ? code : $1 }, of: name)
    }

    /// Replaces one statement.
    package mutating func replace(_ span: SourceSpan, of name: String, with code: String) throws(SessionFault) {
        guard let cell = cell(name) else { throw .unknownCell(name, known: cellNames) }
        let code = inOwnLineEnds(code)
        let place = SourceSpan(span.start - cell.code.start, span.end - cell.code.start)
        try edit(span, code, expecting: codes { $0 == name ? $1.replacing(place, with: code) : $1 }, of: name)
    }

    /// Puts a new cell behind another, or at the end.
    package mutating func insert(cell name: String, code: String, behind other: String?) throws(SessionFault) {
        guard !cellNames.contains(name) else { throw .cellExists(name) }
        guard name.allSatisfy({ $0.isLetter || $0.isNumber || "_-.".contains($0) }), !name.isEmpty else { throw .unsuitableCellName(name) }
        if text.isEmpty { take(Self.emptyNotebook) }
        let lines = SourceLines(text)
        // Behind the line of the closing fence.
        let end = other.flatMap(cell).map { lines.span(ofLine: lines.line(of: $0.code.end)).end } ?? text.utf8.count
        let gap = end == text.utf8.count && text.endsLine ? "\n" : "\n\n"
        let code = code.endingWithNewline
        let block = "\(gap)```tick \(name)\n\(code)```" + (end == text.utf8.count ? "\n" : "")
        let place = other.flatMap(cellNames.firstIndex).map { $0 + 1 } ?? cellNames.count
        var cells = codes { $1 }
        cells.insert(CellCode(name: name, code: inOwnLineEnds(code)), at: place)
        try edit(SourceSpan(end, end), inOwnLineEnds(block), expecting: cells, of: name)
    }

    private struct CellCode: Equatable {
        let name: String
        let code: String
    }

    /// The cells' code as an edit is to leave it.
    private func codes(_ code: (_ name: String, _ now: String) -> String) -> [CellCode] {
        notebook.cells.map { CellCode(name: $0.name, code: code($0.name, text.part($0.code))) }
    }

    private mutating func edit(_ span: SourceSpan, _ words: String, expecting cells: [CellCode], of name: String) throws(SessionFault) {
        let edited = text.replacing(span, with: words)
        let (parsed, _) = Self.parse(path, edited)
        let found = parsed.cells.map { CellCode(name: $0.name, code: edited.part($0.code)) }
        guard found == cells else { throw .breaksFence(cell: name) }
        take(edited)
    }

    private func inOwnLineEnds(_ words: String) -> String {
        let usesCarriageReturns = (onDisk ?? text).utf8.contains(UInt8(ascii: "\r"))
        let plain = words.replacing("\r\n", with: "\n")
        return usesCarriageReturns ? plain.replacing("\n", with: "\r\n") : plain
    }

    private mutating func take(_ text: String) {
        self.text = text
        (notebook, mistakes) = Self.parse(path, text)
    }

    // MARK: The file

    /// The file's text takes the place of this one, edits included.
    package mutating func reread(_ text: String) {
        onDisk = text
        take(text)
    }

    /// What the session shows is what the file holds now.
    package mutating func saved(as path: String) {
        onDisk = text
        self.path = path
        take(text)
    }
}

extension String {
    package func part(_ span: SourceSpan) -> String { String(decoding: Array(utf8)[span.start..<span.end], as: UTF8.self) }

    func replacing(_ span: SourceSpan, with words: String) -> String {
        let bytes = Array(utf8)
        return String(decoding: bytes[..<span.start] + Array(words.utf8) + bytes[span.end...], as: UTF8.self)
    }

    fileprivate var endingWithNewline: String { isEmpty || endsLine ? self : self + "\n" }

    /// By bytes, since CR LF is one character.
    fileprivate var endsLine: Bool { utf8.last == UInt8(ascii: "\n") }
}
