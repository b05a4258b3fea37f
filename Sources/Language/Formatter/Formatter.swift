/// Lays out the code of cells in the one canonical way; a cell with mistakes stays as it is.
///
/// Formatting keeps the syntax tree and every comment, and formatting twice changes nothing more.
package enum Formatter {
    /// The notebook's text with its cells laid out; prose, fences and other blocks stay byte for byte.
    package static func format(_ notebook: Notebook) -> String {
        let bytes = Array(notebook.text.utf8)
        var formatted: [UInt8] = []
        var position = 0
        for cell in notebook.cells {
            guard let code = format(bytes, cell.code) else { continue }
            formatted += bytes[position..<cell.code.start]
            formatted += Array(code.utf8)
            position = cell.code.end
        }
        return String(decoding: formatted + bytes[position...], as: UTF8.self)
    }

    /// Code that stands alone, laid out; nil when it has mistakes.
    package static func format(code: String) -> String? { format(Array(code.utf8), SourceSpan(0, code.utf8.count)) }

    private static func format(_ bytes: [UInt8], _ code: SourceSpan) -> String? {
        let (statements, diagnostics) = Parser.parse(bytes, code)
        guard diagnostics.isEmpty else { return nil }
        var cell = CellFormatter(bytes: bytes, tokens: Lexer.tokens(in: bytes, code: code).tokens)
        let lines = cell.lines(of: statements)
        let usesCarriageReturns = bytes[code.start..<code.end].contains(UInt8(ascii: "\r"))
        return lines.map { $0 + (usesCarriageReturns ? "\r\n" : "\n") }.joined()
    }
}
