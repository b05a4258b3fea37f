extension Parser {
    /// `source | verb(…) | verb(…)`
    mutating func pipeline() throws(Abandoned) -> Pipeline {
        guard isSourceStart else { throw unexpected(expected: Parser.sources) }
        let source = try primary()
        switch source.kind {
        case .name, .call, .pipeline: return try pipeline(from: source)
        default:
            report(.unexpected(found: "an expression", expected: Parser.sources), at: source.span)
            throw Abandoned()
        }
    }

    private static let sources = ["a table's name", "a call such as csv(\"…\")", "a pipeline in parentheses"]

    private var isSourceStart: Bool {
        switch kind {
        case .name, .quotedName, .invalid, .symbol(.openParenthesis): true
        case .keyword(let keyword): keyword.beginsStatement && depth == 0 && index > statementStart && !startsLine[index]
        default: false
        }
    }

    mutating func pipeline(from source: Expression) throws(Abandoned) -> Pipeline {
        var verbs: [Call] = []
        while skip(.pipe) {
            let depthBefore = depth
            do {
                try refuseStatementWord(behind: Pipeline(source: source, verbs: verbs, span: source.span))
                verbs.append(try verb())
            } catch {
                depth = depthBefore
                passOver(to: .pipe)
            }
        }
        return Pipeline(source: source, verbs: verbs, span: source.span.joined(to: previousSpan))
    }

    /// `| show` puts last what comes first.
    private mutating func refuseStatementWord(behind pipeline: Pipeline) throws(Abandoned) {
        guard case .keyword(let word) = kind, word.beginsStatement else { return }
        let correction =
            switch word {
            case .show: "show \(pipeline.code)"
            case .plot: "plot \(pipeline.code) | line(…)"
            case .table, .let, .model: "\(word.rawValue) name = \(pipeline.code)"
            default: "\(word.rawValue) …"
            }
        report(.foreignSymbol("| \(word.rawValue)", help: "\(word.rawValue) begins a statement: \(correction)"), at: token.span)
        throw Abandoned()
    }

    private mutating func verb() throws(Abandoned) -> Call {
        if kind == .keyword(.plot), let chart = nextKind.name, ChartVerb.byName[chart] != nil {
            report(.check(.chartVerbElsewhere(chart)), at: token.span)
            throw Abandoned()
        }
        let name = try name(expected: "a verb")
        guard kind == .symbol(.openParenthesis) else {
            report(.verbWithoutBrackets(name.text), at: name.span)
            switch kind {
            case .symbol(.pipe), .end: return Call(name: name, arguments: [], span: name.span)
            default: throw Abandoned()
            }
        }
        return try call(name)
    }

    /// The arguments behind a name, at the opening parenthesis.
    mutating func call(_ name: Name) throws(Abandoned) -> Call {
        let arguments = try bracketed(.openParenthesis, .closeParenthesis) { (parser) throws(Abandoned) in try parser.argument() }
        return Call(name: name, arguments: arguments, span: name.span.joined(to: previousSpan))
    }

    private mutating func argument() throws(Abandoned) -> Argument {
        if kind == .symbol(.star) {
            let help = "leave it out: all columns stay without a select(…), drop(…) takes some away, and count() counts rows"
            report(.foreignSymbol("*", help: help), at: token.span)
            throw Abandoned()
        }
        guard nextKind == .symbol(.assign), let label = labelHere() else { return Argument(label: nil, value: try expression()) }
        advance()
        advance()
        return Argument(label: label, value: try expression())
    }

    private mutating func labelHere() -> Name? {
        switch token.kind {
        case .name(let text), .quotedName(let text): return Name(text, token.span)
        case .keyword(let keyword):
            report(.reservedWord(keyword.rawValue), at: token.span)
            return Name(keyword.rawValue, token.span)
        default: return nil
        }
    }

    /// Items between brackets, separated by commas; behind a mistake it goes on at the next comma or the closing bracket.
    mutating func bracketed<Item>(
        _ open: Symbol, _ close: Symbol, _ item: (inout Parser) throws(Abandoned) -> Item
    ) throws(Abandoned) -> [Item] {
        let opening = advance()
        let depthOutside = depth
        depth += 1
        defer { depth = depthOutside }
        var items: [Item] = []
        while kind != .symbol(close) {
            do {
                if kind == .end { throw unclosed(opening, close) }
                items.append(try item(&self))
                if kind == .symbol(close) { break }
                if !skip(.comma) { throw missingSeparator(opening, close) }
            } catch {
                depth = depthOutside + 1
                if isUnclosedHere { return items }
                passOver(to: .comma)
                if kind == .end { throw Abandoned() }
                if !skip(.comma) { break }
            }
        }
        try closeBracket(opening, close)
        return items
    }

    private mutating func closeBracket(_ opening: Token, _ close: Symbol) throws(Abandoned) {
        if case .symbol(let symbol) = kind, symbol.closes {
            if symbol != close { _ = unexpected(expected: ["','", "'\(close.rawValue)'"]) }
            advance()
        } else {
            throw unclosed(opening, close)
        }
    }

    /// A line that begins with a pipe shows that the bracket before it wasn't closed.
    private var isUnclosedHere: Bool { kind == .symbol(.pipe) && startsLine[index] }

    private mutating func unclosed(_ opening: Token, _ close: Symbol) -> Abandoned {
        guard case .symbol(let symbol) = opening.kind else { return Abandoned() }
        report(.unclosed(open: symbol.rawValue, expected: close.rawValue), at: opening.span)
        return Abandoned()
    }

    private mutating func missingSeparator(_ opening: Token, _ close: Symbol) -> Abandoned {
        switch kind {
        case .end: return unclosed(opening, close)
        case .symbol(.pipe) where isUnclosedHere: return unclosed(opening, close)
        case .symbol(.pipe):
            report(.bareArgumentPipeline, at: token.span)
            return Abandoned()
        case .symbol(.assign):
            report(.assignmentInExpression, at: token.span)
            return Abandoned()
        case .name(let word):
            guard let help = Parser.wordsOfSQL[word.lowercased()] else { fallthrough }
            report(.foreignSymbol(word, help: help), at: token.span)
            return Abandoned()
        default: return unexpected(expected: ["','", "'\(close.rawValue)'"])
        }
    }

    /// What stands behind an expression in SQL.
    private static let wordsOfSQL = [
        "is": "write is_null(x), or not is_null(x)", "desc": "write desc(x) for the largest first",
        "asc": "leave it out: the smallest come first", "between": "write x >= a and x <= b", "like": "write contains(x, \"…\")",
        "as": "write the name first: name = expression",
    ]

    /// Passes over tokens to `symbol`, the closing bracket or the statement's end, brackets in between as a whole.
    private mutating func passOver(to symbol: Symbol) {
        let depthHere = depth
        while kind != .end {
            if depth == depthHere, isSymbol({ $0 == symbol || ($0.closes && depthHere > 0) }) { break }
            if isSymbol(\.opens) { depth += 1 } else if isSymbol(\.closes), depth > depthHere { depth -= 1 }
            advance()
        }
        depth = depthHere
    }

    private func isSymbol(_ condition: (Symbol) -> Bool) -> Bool {
        if case .symbol(let symbol) = kind { condition(symbol) } else { false }
    }
}
