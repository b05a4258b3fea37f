/// Cuts a cell's code into tokens; every mistake is reported and lexing goes on behind it.
package struct Lexer {
    let bytes: [UInt8]
    let end: Int
    var position: Int
    var tokens: [Token] = []
    var diagnostics: [Diagnostic] = []

    /// The tokens of `code`, a part of `text`, with spans that count from the start of `text`.
    package static func tokens(in text: String, code: SourceSpan) -> (tokens: [Token], diagnostics: [Diagnostic]) {
        tokens(in: Array(text.utf8), code: code)
    }

    static func tokens(in bytes: [UInt8], code: SourceSpan) -> (tokens: [Token], diagnostics: [Diagnostic]) {
        var lexer = Lexer(bytes: bytes, end: code.end, position: code.start)
        while lexer.position < lexer.end { lexer.readToken() }
        lexer.tokens.append(Token(.end, SourceSpan(code.end, code.end)))
        return (lexer.tokens, lexer.diagnostics)
    }

    private mutating func readToken() {
        let byte = bytes[position]
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"): position += 1
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"): readNewline()
        case UInt8(ascii: "#"): readComment()
        case UInt8(ascii: "\""): readString()
        case UInt8(ascii: "'"): readForeignString(closing: "'")
        case UInt8(ascii: "`"): readQuotedName()
        case UInt8(ascii: "0")...UInt8(ascii: "9"): readNumber()
        case UInt8(ascii: ".") where isDigit(at: position + 1): readNumber()
        default:
            if isNameStart(at: position) { readName() } else { readSymbol() }
        }
    }

    // MARK: - Reading

    func byte(at offset: Int) -> UInt8? { offset < end ? bytes[offset] : nil }

    func isDigit(at offset: Int) -> Bool { byte(at: offset).map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false }

    func isLineEnd(at offset: Int) -> Bool {
        byte(at: offset).map { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? true
    }

    func text(_ start: Int, _ end: Int) -> String { String(decoding: bytes[start..<end], as: UTF8.self) }

    /// The character that begins at the offset, with its length in bytes.
    func scalar(at offset: Int) -> (scalar: Unicode.Scalar, length: Int)? {
        guard let first = byte(at: offset) else { return nil }
        let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard let scalar = text(offset, min(end, offset + length)).unicodeScalars.first else { return nil }
        return (scalar, length)
    }

    func isNameStart(at offset: Int) -> Bool {
        guard let (scalar, _) = scalar(at: offset) else { return false }
        return scalar == "_" || scalar.properties.isAlphabetic
    }

    /// The offset behind the letters, digits, marks and underscores that begin at `offset`.
    func endOfWord(from offset: Int) -> Int {
        var offset = offset
        while let (scalar, length) = scalar(at: offset), Lexer.continuesName(scalar) { offset += length }
        return offset
    }

    static func continuesName(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar == "_" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) }
        return switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .decimalNumber: true
        default: scalar.properties.isAlphabetic
        }
    }

    mutating func emit(_ kind: Token.Kind, to newPosition: Int) {
        tokens.append(Token(kind, SourceSpan(position, newPosition)))
        position = newPosition
    }

    mutating func report(_ problem: Problem, to end: Int) {
        diagnostics.append(Diagnostic(problem, at: SourceSpan(position, end)))
    }

    // MARK: - Trivia, names and symbols

    private mutating func readNewline() {
        let isPair = bytes[position] == UInt8(ascii: "\r") && byte(at: position + 1) == UInt8(ascii: "\n")
        emit(.newline, to: position + (isPair ? 2 : 1))
    }

    private mutating func readComment() {
        var end = position
        while !isLineEnd(at: end) { end += 1 }
        emit(.comment, to: end)
    }

    private mutating func readName() {
        var end = endOfWord(from: position)
        while byte(at: end) == UInt8(ascii: "."), isNameStart(at: end + 1) { end = endOfWord(from: end + 1) }
        let name = text(position, end)
        emit(Keyword(rawValue: name).map { .keyword($0) } ?? .name(name), to: end)
    }

    private mutating func readQuotedName() {
        var end = position + 1
        while !isLineEnd(at: end), bytes[end] != UInt8(ascii: "`") { end += 1 }
        guard byte(at: end) == UInt8(ascii: "`") else {
            report(.unterminatedName, to: end)
            return emit(.invalid, to: end)
        }
        let name = text(position + 1, end)
        if name.isEmpty { report(.emptyName, to: end + 1) }
        emit(name.isEmpty ? .invalid : .quotedName(name), to: end + 1)
    }

    private mutating func readSymbol() {
        if let foreign = foreignSymbol() {
            let end = position + foreign.spelling.utf8.count
            report(.foreignSymbol(foreign.spelling, help: foreign.help), to: end)
            return emit(foreign.standsFor ?? .invalid, to: end)
        }
        for length in [2, 1] where position + length <= end {
            if let symbol = Symbol(rawValue: text(position, position + length)) { return emit(.symbol(symbol), to: position + length) }
        }
        readUnknownCharacter()
    }

    /// The foreign spelling that begins here; `!` is one unless it begins `!=`.
    private func foreignSymbol() -> ForeignSymbol? {
        if starts(with: "!"), !starts(with: "!=") { return ForeignSymbol("!", .keyword(.not), "write 'not'") }
        return ForeignSymbol.all.first { starts(with: $0.spelling) }
    }

    func starts(with spelling: String) -> Bool {
        let length = spelling.utf8.count
        return position + length <= end && bytes[position..<position + length].elementsEqual(spelling.utf8)
    }

    /// The quotation marks of word processors and what closes them.
    private static let closingQuotes: [Unicode.Scalar: Unicode.Scalar] = ["“": "”", "”": "”", "„": "“", "‘": "’", "«": "»"]

    private mutating func readUnknownCharacter() {
        guard let (scalar, length) = scalar(at: position) else { return position = end }
        if let closing = Lexer.closingQuotes[scalar] { return readForeignString(closing: closing) }
        report(.unexpectedCharacter(String(Character(scalar))), to: position + length)
        emit(.invalid, to: position + length)
    }
}

/// A spelling of other languages, what to write instead, and the token it is read as so that nothing else is reported.
private struct ForeignSymbol {
    let spelling: String
    let standsFor: Token.Kind?
    let help: String

    init(_ spelling: String, _ standsFor: Token.Kind?, _ help: String) {
        self.spelling = spelling
        self.standsFor = standsFor
        self.help = help
    }

    /// Longer spellings stand before the shorter ones they begin with.
    static let all = [
        ForeignSymbol("===", .symbol(.equal), "write '=='"),
        ForeignSymbol("!==", .symbol(.notEqual), "write '!='"),
        ForeignSymbol("&&", .keyword(.and), "write 'and'"),
        ForeignSymbol("&", .keyword(.and), "write 'and'"),
        ForeignSymbol("||", .keyword(.or), "write 'or'"),
        ForeignSymbol("|>", .symbol(.pipe), "write '|'"),
        ForeignSymbol("->", nil, "pipe into a verb with '|', name a result with 'let NAME = …'"),
        ForeignSymbol("=>", nil, "greater or equal is '>='; a name is given a value with '='"),
        ForeignSymbol("=<", .symbol(.lessOrEqual), "write '<='"),
        ForeignSymbol("<>", .symbol(.notEqual), "write '!='"),
        ForeignSymbol(":=", .symbol(.assign), "write '='"),
        ForeignSymbol("**", nil, "there is no power operator: multiply"),
        ForeignSymbol("//", nil, "a comment begins with '#'; divide with '/'"),
        ForeignSymbol(";", .newline, "end the statement with a new line"),
        ForeignSymbol("{", nil, "arguments stand in ( ), lists in [ ]"),
        ForeignSymbol("}", nil, "arguments stand in ( ), lists in [ ]"),
        ForeignSymbol("×", .symbol(.star), "write '*'"),
        ForeignSymbol("−", .symbol(.minus), "write '-'"),
        ForeignSymbol("–", .symbol(.minus), "write '-'"),
        ForeignSymbol("≤", .symbol(.lessOrEqual), "write '<='"),
        ForeignSymbol("≥", .symbol(.greaterOrEqual), "write '>='"),
        ForeignSymbol("≠", .symbol(.notEqual), "write '!='"),
        ForeignSymbol("\u{A0}", nil, "this is a no-break space: type a plain space"),
    ]
}
