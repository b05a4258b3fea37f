import Columnar

@testable import Language

/// Random numbers that are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Random statements of every kind, and random layouts of code.
struct RandomTrees {
    var generator: SeededGenerator
    private let nowhere = SourceSpan(0, 0)

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    private mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }

    mutating func statements() -> [Statement] { (0...below(4)).map { _ in statement() } }

    private mutating func statement() -> Statement {
        let kind: Statement.Kind =
            switch below(11) {
            case 0: .param(name(), expression(4))
            case 1: .binding(name(), pipeline(3))
            case 2: .table(name(), pipeline(3))
            case 3: .model(name(), pipeline(3))
            case 4: .show(pipeline(3), as: below(2) == 0 ? nil : name())
            case 9: .plot(pipeline(3), to: below(2) == 0 ? nil : expression(1))
            case 5: .serve(name(), port: below(2) == 0 ? nil : expression(1))
            case 6: .assertion(assertion())
            case 7: .indicator(call(2), expression(4))
            case 8: .use(name())
            default: .pipeline(pipeline(3))
            }
        return Statement(kind, nowhere)
    }

    private mutating func assertion() -> Call {
        Call(name: Name("assert", nowhere, isWord: true), arguments: call(3).arguments, span: nowhere)
    }

    private mutating func name() -> Name {
        let names = [
            "close", "raw.stocks", "curated.stocks.daily_prices", "Adj Close", "table", "assert", "ma_7", "größe", "収益", "_x", "7days",
            "on",
            "a.b c",
        ]
        return Name(names[below(names.count)], nowhere)
    }

    private mutating func pipeline(_ depth: Int, minimumVerbs: Int = 0) -> Pipeline {
        var source = Expression(.name(name()), nowhere)
        if below(3) == 0 { source = Expression(.call(call(depth - 1)), nowhere) }
        if below(8) == 0, depth > 0 { source = Expression(.pipeline(pipeline(depth - 1, minimumVerbs: 1)), nowhere) }
        let verbs = (0..<(minimumVerbs + below(4))).map { _ in call(depth) }
        return Pipeline(source: source, verbs: verbs, span: nowhere)
    }

    private mutating func call(_ depth: Int) -> Call {
        let arguments = (0..<below(depth > 0 ? 5 : 2)).map { _ in
            Argument(label: below(2) == 0 ? name() : nil, value: expression(depth - 1))
        }
        return Call(name: name(), arguments: arguments, span: nowhere)
    }

    private mutating func expression(_ depth: Int) -> Expression {
        guard depth > 0 else { return Expression(below(2) == 0 ? .name(name()) : .literal(literal()), nowhere) }
        let kind: Expression.Kind
        switch below(11) {
        case 0: kind = .call(call(depth - 1))
        case 1: kind = .unary(below(2) == 0 ? .not : .minus, expression(depth - 1))
        case 2: kind = .list((0..<below(6)).map { _ in expression(depth - 2) })
        case 3: kind = .pipeline(pipeline(depth - 1, minimumVerbs: 1))
        case 4: kind = .literal(literal())
        case 5: kind = .output(call(depth - 1), name())
        default:
            let operation = BinaryOperator.allCases[below(BinaryOperator.allCases.count)]
            let items = Expression(.list((0..<below(20)).map { _ in expression(0) }), nowhere)
            kind = .binary(operation, expression(depth - 1), operation == .in ? items : expression(depth - 1))
        }
        return Expression(kind, nowhere)
    }

    private mutating func literal() -> Value {
        switch below(6) {
        case 0: .int(Int64.random(in: 0...Int64.max, using: &generator) >> Int64(below(63)))
        case 1: .double(Double(below(1000)) / 7 * [1, 1e-9, 1e30, 1e300][below(4)])
        case 2: .string(["", "AAPL", "a \"b\" \\ c", "line\nnext\ttab", "é 株 \u{1}"][below(5)])
        case 3: .bool(below(2) == 0)
        case 4: .null
        default: .int(Int64(below(100)))
        }
    }

    // MARK: - Layout

    /// The code with other space, newlines and comments wherever the language allows them; counts the comments.
    mutating func scrambled(_ code: String) -> (code: String, comments: Int) {
        let tokens = Lexer.tokens(in: code, code: SourceSpan(0, code.utf8.count)).tokens
        var scrambled = ""
        var comments = 0
        var depth = 0
        for (index, token) in tokens.enumerated() {
            if case .symbol(let symbol) = token.kind, symbol.closes { depth -= 1 }
            let previous = index > 0 ? tokens[index - 1].kind : .newline
            let mayBreak = depth > 0 || token.kind == .symbol(.pipe) || previous == .symbol(.pipe) || previous == .symbol(.assign)
            if mayBreak || token.kind == .newline || previous == .newline {
                let count = below(4) == 0 ? below(3) : 0
                comments += count
                let extra = (0..<count).map { "  # \($0) note\n" }.joined(separator: below(2) == 0 ? " " : "\n")
                scrambled += extra + (mayBreak && below(4) == 0 ? "\n\n" : " ")
            }
            scrambled += String(decoding: Array(code.utf8)[token.span.start..<token.span.end], as: UTF8.self)
            scrambled += below(3) == 0 ? "\t" : " "
            if case .symbol(let symbol) = token.kind, symbol.opens { depth += 1 }
        }
        return (scrambled, comments)
    }
}
