/// Where in the code a name is being typed: the brackets it stands in, and what stands before it.
///
/// Made of tokens alone, since code that is being typed is no tree yet.
struct CompletionPlace {
    /// A statement or an open bracket, with what it holds up to the cursor.
    struct Level {
        enum Kind: Hashable {
            case statement
            /// The brackets of a call.
            case call(String)
            /// Brackets around an expression or a pipeline.
            case group
            case list
        }

        let kind: Kind
        /// Whether this is a call behind a pipe.
        var isVerb = false
        /// The byte behind the bracket, or of the statement's first token.
        let start: Int
        /// Tokens since the last comma, those of closed brackets left out but for the brackets.
        var tokens: [Token] = []
        /// Where a pipeline begins that ends in this level.
        var pipelineStart: Int?
        /// The pipes of that pipeline.
        var pipes: [Int] = []
        var lastComma: Int?
        /// Arguments before the one at the cursor.
        var argumentCount = 0
        /// The arguments named so far, that at the cursor included.
        var labels: [String] = []

        /// The name before `=` of the argument at the cursor.
        var label: String? {
            guard tokens.count >= 2, tokens[1].kind == .symbol(.assign) else { return nil }
            return tokens[0].kind.name
        }

        var keyword: Keyword? {
            if case .keyword(let word)? = tokens.first?.kind, kind == .statement { word } else { nil }
        }
    }

    let text: String
    /// The part of a name before the cursor.
    let word: String
    let wordStart: Int
    let levels: [Level]

    var level: Level { levels[levels.count - 1] }
    /// The token before the name, in the same brackets; nil at their beginning and behind a comma.
    var previous: Token.Kind? { level.tokens.last?.kind }

    /// Whether a value may begin here, and no operator.
    var beginsOperand: Bool {
        guard let previous else { return true }
        switch previous {
        case .name, .quotedName, .int, .double, .string, .invalid: return false
        case .symbol(let symbol): return !symbol.closes
        case .keyword(let keyword): return ![.true, .false, .null].contains(keyword)
        case .comment, .newline, .end: return true
        }
    }

    init(text: String, word: String, wordStart: Int, tokens: [Token]) {
        self.text = text
        self.word = word
        self.wordStart = wordStart
        var reader = LevelReader(start: tokens.first?.span.start ?? wordStart)
        for token in tokens { reader.read(token) }
        reader.noteLineStart(before: wordStart, in: text)
        levels = reader.levels
    }
}

extension Token.Kind {
    var name: String? {
        switch self {
        case .name(let text), .quotedName(let text): text
        case .keyword(let keyword): keyword.rawValue
        default: nil
        }
    }
}

/// Opens and closes levels, token by token.
private struct LevelReader {
    private(set) var levels: [CompletionPlace.Level]
    private var isFirstOfLine = true
    private var last: Token?

    init(start: Int) { levels = [CompletionPlace.Level(kind: .statement, start: start, pipelineStart: start)] }

    mutating func read(_ token: Token) {
        if token.kind == .newline { isFirstOfLine = true }
        guard !token.kind.isTrivia, token.kind != .end else { return }
        if beginsStatement(token) {
            levels = [CompletionPlace.Level(kind: .statement, start: token.span.start, pipelineStart: token.span.start)]
        }
        isFirstOfLine = false
        switch token.kind {
        case .symbol(.openParenthesis): open(token, isCall: true)
        case .symbol(.openBracket): open(token, isCall: false)
        case .symbol(let symbol) where symbol.closes: close(token)
        case .symbol(.comma): separate(token)
        default: add(token)
        }
        last = token
    }

    /// As the parser sees it: a line that begins with a statement's word, or one that nothing ties to the line before.
    private func beginsStatement(_ token: Token) -> Bool {
        guard isFirstOfLine, let last else { return false }
        if case .keyword(let word) = token.kind, word.beginsStatement { return levels.count == 1 }
        return levels.count == 1 && !Parser.continuesBefore(token.kind) && !Parser.continuesBehind(last.kind)
    }

    /// A name on a line of its own begins a statement too.
    mutating func noteLineStart(before wordStart: Int, in text: String) {
        guard isFirstOfLine, levels.count == 1, let last, !Parser.continuesBehind(last.kind) else { return }
        levels = [CompletionPlace.Level(kind: .statement, start: wordStart, pipelineStart: wordStart)]
    }

    private mutating func add(_ token: Token) {
        let index = levels.count - 1
        if token.kind == .symbol(.pipe) { levels[index].pipes.append(token.span.start) }
        levels[index].tokens.append(token)
        if levels[index].label != nil, levels[index].tokens.count == 2 { levels[index].labels.append(levels[index].label!) }
        notePipelineStart(behind: token, index)
    }

    /// A pipeline begins behind `let name =` and behind `show`.
    private mutating func notePipelineStart(behind token: Token, _ index: Int) {
        guard let keyword = levels[index].keyword else { return }
        let isAssignment = token.kind == .symbol(.assign) && levels[index].tokens.count == 3
        if isAssignment || levels[index].tokens.count == 1 && keyword.takesPipeline { levels[index].pipelineStart = token.span.end }
    }

    private mutating func open(_ token: Token, isCall: Bool) {
        let index = levels.count - 1
        let name = levels[index].tokens.last?.kind.calledName
        var opened = CompletionPlace.Level(
            kind: isCall ? name.map { .call($0) } ?? .group : .list, start: token.span.end, pipelineStart: token.span.end)
        let before = levels[index].tokens.dropLast().last?.kind
        opened.isVerb = isCall && name != nil && before == .symbol(.pipe)
        levels[index].tokens.append(token)
        levels.append(opened)
    }

    private mutating func close(_ token: Token) {
        if levels.count > 1 { levels.removeLast() }
        levels[levels.count - 1].tokens.append(token)
    }

    private mutating func separate(_ token: Token) {
        let index = levels.count - 1
        levels[index].tokens = []
        levels[index].lastComma = token.span.start
        levels[index].argumentCount += 1
    }
}

extension Token.Kind {
    /// The name that an opening bracket behind this token calls.
    fileprivate var calledName: String? {
        switch self {
        case .name(let text): text
        case .keyword(.assert): Keyword.assert.rawValue
        default: nil
        }
    }
}

extension Keyword {
    /// Whether a pipeline stands right behind this word.
    var takesPipeline: Bool { self == .show || self == .plot }
}

extension CompletionPlace {
    /// The call whose bracket was closed right before the dot in front of the name.
    var lastCall: String? {
        let tokens = level.tokens
        guard tokens.count >= 4, tokens[tokens.count - 2].kind == .symbol(.closeParenthesis) else { return nil }
        return tokens[tokens.count - 4].kind.name
    }

    /// The innermost verb around the cursor, as a place in `levels`.
    var verbDepth: Int? { levels.lastIndex { $0.isVerb } }

    /// The name of that verb.
    var verb: String? {
        guard let verbDepth, case .call(let name) = levels[verbDepth].kind else { return nil }
        return name
    }

    /// Within `assert(table, …)`, the table.
    var assertedTable: String? {
        guard let call = levels.first(where: { $0.kind == .call(Keyword.assert.rawValue) }) else { return nil }
        return Lexer.tokens(in: text, code: SourceSpan(call.start, text.utf8.count)).tokens.first?.kind.name
    }
}
