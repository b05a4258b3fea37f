extension Parser {
    /// Reads one statement; what is left of a statement with a mistake is passed over.
    mutating func statement() -> Statement {
        statementStart = index
        let start = token.span
        var defined: Name?
        var kind: Statement.Kind?
        do {
            kind = try statementKind(&defined)
            if self.kind != .end { throw unexpected(expected: endings(of: kind)) }
        } catch {
            passOverStatement()
        }
        let span = start.joined(to: previousSpan)
        let isFaulty = diagnostics.contains { $0.span.start >= span.start && $0.span.start <= span.end }
        guard let kind, !isFaulty else { return Statement(.invalid(defined), span) }
        return Statement(kind, span)
    }

    private func endings(of kind: Statement.Kind?) -> [String] {
        switch kind {
        case .param, .indicator: ["an operator", Parser.statementEnd]
        case .serve(_, port: nil): ["'on'", Parser.statementEnd]
        case .show(_, as: nil): ["'|'", "'as'", Parser.statementEnd]
        case .plot(_, to: nil): ["'|'", "'to'", Parser.statementEnd]
        case .serve, .use, .assertion, .show, .plot: [Parser.statementEnd]
        default: ["'|'", Parser.statementEnd]
        }
    }

    private mutating func passOverStatement() {
        depth = 0
        if index == statementStart, token.kind != .end { advance() }
        while kind != .end {
            if case .symbol(let symbol) = token.kind { depth = max(0, depth + (symbol.opens ? 1 : symbol.closes ? -1 : 0)) }
            advance()
        }
        depth = 0
    }

    private mutating func statementKind(_ defined: inout Name?) throws(Abandoned) -> Statement.Kind {
        guard case .keyword(let word) = kind, word.beginsStatement else { return .pipeline(try pipelineStatement(&defined)) }
        let wordSpan = advance().span
        switch word {
        case .show: return .show(try pipeline(), as: skip(word: "as") ? try name(expected: "a format: \(RowsFormat.list)") : nil)
        case .plot: return .plot(try pipeline(), to: skip(word: "to") ? try expression() : nil)
        case .assert: return .assertion(try assertion(wordSpan))
        case .serve: return try serve()
        case .use: return .use(try name(expected: "a plugin's name"))
        default: break
        }
        let name = try definedName(of: word)
        defined = name
        let head = word == .indicator ? try indicatorHead(name) : nil
        try expectAssignment()
        if let head { return .indicator(head, try expression()) }
        return switch word {
        case .param: .param(name, try expression())
        case .let: .binding(name, try pipeline())
        case .table: .table(name, try pipeline())
        default: .model(name, try pipeline())
        }
    }

    private mutating func definedName(of word: Keyword) throws(Abandoned) -> Name {
        let what =
            switch word {
            case .param: "a parameter's name"
            case .table: "a table's name"
            case .model: "a model's name"
            case .indicator: "an indicator's name"
            default: "a name"
            }
        return try self.name(expected: what)
    }

    /// The arguments behind an indicator's name.
    private mutating func indicatorHead(_ name: Name) throws(Abandoned) -> Call {
        guard kind == .symbol(.openParenthesis) else { throw unexpected(expected: ["'(' and the indicator's arguments"]) }
        return try call(name)
    }

    private mutating func expectAssignment() throws(Abandoned) {
        guard !skip(.assign) else { return }
        guard kind == .symbol(.equal) else { throw unexpected(expected: ["'='"]) }
        report(.foreignSymbol("==", help: "write '=' to give a name its value"), at: token.span)
        advance()
    }

    private mutating func serve() throws(Abandoned) -> Statement.Kind {
        let model = try name(expected: "a model's name")
        return .serve(model, port: skip(word: "on") ? try expression() : nil)
    }

    /// A word that has a meaning only behind a statement's own part.
    private mutating func skip(word: String) -> Bool {
        guard kind == .name(word) else { return false }
        advance()
        return true
    }

    private mutating func assertion(_ word: SourceSpan) throws(Abandoned) -> Call {
        guard kind == .symbol(.openParenthesis) else { throw unexpected(expected: ["'('"]) }
        return try call(Name(Keyword.assert.rawValue, word, isWord: true))
    }

    /// A bare pipeline; anything else that begins like a statement gets the help that fits it.
    private mutating func pipelineStatement(_ defined: inout Name?) throws(Abandoned) -> Pipeline {
        switch kind {
        case .name(let word), .quotedName(let word):
            if nextIsOnThisLine, nextKind == .symbol(.assign) {
                defined = Name(word, token.span)
                report(.missingStatementWord(name: word), at: token.span)
                throw Abandoned()
            }
            if nextIsOnThisLine, looksLikeStatementWord(word) {
                report(.unknownStatement(word, candidates: Keyword.statements.map(\.rawValue)), at: token.span)
                if case .name(let name) = nextKind { defined = Name(name, tokens[index + 1].span) }
                throw Abandoned()
            }
        case .symbol(.openParenthesis), .invalid: break
        case .symbol(let symbol) where symbol.closes: break
        default: throw unexpected(expected: ["a statement (\(Keyword.statements.map(\.rawValue).joined(separator: ", ")))", "a pipeline"])
        }
        return try pipeline()
    }

    private var nextIsOnThisLine: Bool { index + 1 < tokens.count && !startsLine[index + 1] }

    /// Whether the word and what follows read like a statement: `tabel x`, `print raw.stocks`, `asert(…)`; not like a forgotten pipe.
    private func looksLikeStatementWord(_ word: String) -> Bool {
        switch nextKind {
        case .name, .quotedName: break
        case .symbol(.openParenthesis): return NearestName.of(word, among: [Keyword.assert.rawValue]) != nil
        case .string, .int, .double: return true
        default: return false
        }
        guard !word.contains(".") else { return false }
        let callFollows = index + 2 < tokens.count && tokens[index + 2].kind == .symbol(.openParenthesis)
        return !callFollows || NearestName.of(word, among: Keyword.statements.map(\.rawValue)) != nil
    }
}
