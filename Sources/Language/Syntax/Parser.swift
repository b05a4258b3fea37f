/// Reads a cell's statements, going on behind every mistake so that all of them are reported at once.
///
/// Invariants: 1. at most one mistake is reported per token, and none behind an `invalid` one; 2. a statement in which
/// anything was reported becomes `Statement.Kind.invalid`; 3. every statement consumes at least one token.
package struct Parser {
    /// Thrown after a report (or at an `invalid` token) to the nearest place where reading can go on.
    struct Abandoned: Error {}

    /// What a statement ends with.
    static let statementEnd = "the end of the statement"

    /// The tokens without comments and newlines; the last one is `end`.
    let tokens: [Token]
    /// Whether the token of that index is the first of its line.
    let startsLine: [Bool]
    var index = 0
    /// How many brackets are open; inside brackets newlines mean nothing.
    var depth = 0
    var statementStart = 0
    var diagnostics: [Diagnostic]
    private var lastReportedIndex = -1

    init(bytes: [UInt8], code: SourceSpan) {
        let lexed = Lexer.tokens(in: bytes, code: code)
        var tokens: [Token] = []
        var startsLine: [Bool] = []
        var isFirst = true
        for token in lexed.tokens {
            if token.kind == .newline { isFirst = true }
            if token.kind.isTrivia { continue }
            tokens.append(token)
            startsLine.append(isFirst)
            isFirst = false
        }
        self.tokens = tokens
        self.startsLine = startsLine
        diagnostics = lexed.diagnostics
    }

    /// Every cell's statements, and every mistake in them in the order of the text.
    package static func parse(_ notebook: Notebook) -> (SyntaxTree, [Diagnostic]) {
        let bytes = Array(notebook.text.utf8)
        let cells = notebook.cells.map { (name: $0.name, parsed: parse(bytes, $0.code)) }
        let tree = SyntaxTree(cells: cells.map { CellSyntax(name: $0.name, statements: $0.parsed.0) })
        return (tree, cells.flatMap(\.parsed.1))
    }

    /// The statements of code that stands alone, as typed in a REPL.
    package static func parse(_ text: String) -> (statements: [Statement], diagnostics: [Diagnostic]) {
        parse(text, code: SourceSpan(0, text.utf8.count))
    }

    /// The statements of a part of a text.
    package static func parse(_ text: String, code: SourceSpan) -> (statements: [Statement], diagnostics: [Diagnostic]) {
        parse(Array(text.utf8), code)
    }

    static func parse(_ bytes: [UInt8], _ code: SourceSpan) -> (statements: [Statement], diagnostics: [Diagnostic]) {
        var parser = Parser(bytes: bytes, code: code)
        var statements: [Statement] = []
        while parser.token.kind != .end { statements.append(parser.statement()) }
        return (statements, parser.diagnostics.sorted { $0.span.start < $1.span.start })
    }

    /// Whether more lines must follow: a bracket is open, or the text ends with `|`, `=` or another operator.
    package static func isIncomplete(_ text: String) -> Bool {
        let parser = Parser(bytes: Array(text.utf8), code: SourceSpan(0, text.utf8.count))
        var open = 0
        for case .symbol(let symbol) in parser.tokens.map(\.kind) { open += symbol.opens ? 1 : symbol.closes ? -1 : 0 }
        guard let last = parser.tokens.dropLast().last else { return false }
        return open > 0 || Parser.continuesBehind(last.kind)
    }

    /// Whether a line goes on with the statement above it: it begins with `|` or a binary operator.
    package static func continuesStatement(_ line: String) -> Bool {
        let parser = Parser(bytes: Array(line.utf8), code: SourceSpan(0, line.utf8.count))
        return continuesBefore(parser.token.kind)
    }

    // MARK: - Tokens

    var token: Token { tokens[index] }
    var nextKind: Token.Kind { tokens[min(index + 1, tokens.count - 1)].kind }

    /// The next token's kind, or `end` where the statement ends.
    var kind: Token.Kind { isAtStatementEnd ? .end : token.kind }

    /// A statement ends before a line that begins with a statement's word, and outside brackets at a newline unless the
    /// line before or the line behind it shows that the statement goes on.
    private var isAtStatementEnd: Bool {
        guard token.kind != .end else { return true }
        guard startsLine[index], index > statementStart else { return false }
        if case .keyword(let keyword) = token.kind, keyword.beginsStatement, nextKind != .symbol(.assign) || depth == 0 { return true }
        return depth == 0 && !Parser.continuesBefore(token.kind) && !Parser.continuesBehind(tokens[index - 1].kind)
    }

    static func continuesBefore(_ kind: Token.Kind) -> Bool { kind == .symbol(.pipe) || kind.binaryOperator != nil }

    static func continuesBehind(_ kind: Token.Kind) -> Bool {
        continuesBefore(kind) || kind == .symbol(.assign) || kind == .keyword(.not)
    }

    /// The span of what was read last.
    var previousSpan: SourceSpan { index > 0 ? tokens[index - 1].span : token.span }

    @discardableResult
    mutating func advance() -> Token {
        let token = token
        if token.kind != .end { index += 1 }
        return token
    }

    mutating func skip(_ symbol: Symbol) -> Bool {
        guard kind == .symbol(symbol) else { return false }
        advance()
        return true
    }

    // MARK: - Reports

    mutating func report(_ problem: Problem, at span: SourceSpan) {
        guard lastReportedIndex != index, kind != .invalid else { return }
        lastReportedIndex = index
        diagnostics.append(Diagnostic(problem, at: span))
    }

    /// Reports that the next token isn't what was expected; at a statement's end the place is behind its last token.
    mutating func unexpected(expected: [String]) -> Abandoned {
        let span = kind == .end && index > 0 ? SourceSpan(previousSpan.end, previousSpan.end) : token.span
        if case .symbol(let symbol) = kind, symbol.closes, depth == 0 {
            report(.unmatchedClosing(symbol.rawValue), at: span)
        } else {
            report(.unexpected(found: foundWords, expected: expected), at: span)
        }
        return Abandoned()
    }

    private var foundWords: String {
        switch kind {
        case .end: Parser.statementEnd
        case .name(let text): "'\(text)'"
        case .quotedName(let text): "'`\(text)`'"
        case .int(let value): "the number \(value)"
        case .double(let value): "the number \(value)"
        case .string: "a string"
        case .keyword(let keyword): "'\(keyword.rawValue)'"
        case .symbol(let symbol): "'\(symbol.rawValue)'"
        case .comment, .newline, .invalid: "text"
        }
    }
}
