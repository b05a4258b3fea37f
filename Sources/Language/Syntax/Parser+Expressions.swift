import Columnar

extension Parser {
    mutating func expression() throws(Abandoned) -> Expression { try binary(minimum: 1) }

    /// Operators that bind at least as tightly as `minimum`, by precedence climbing; all group to the left.
    private mutating func binary(minimum: Int) throws(Abandoned) -> Expression {
        var left = try operand(minimum: minimum)
        while true {
            try checkNotIn(left)
            guard let operation = kind.binaryOperator, operation.precedence >= minimum else { return left }
            let span = advance().span
            let right = operation == .in ? try listOperand() : try binary(minimum: operation.precedence + 1)
            if operation.precedence == BinaryOperator.comparisonPrecedence { checkChain(left, operation, right, span) }
            left = Expression(.binary(operation, left, right), left.span.joined(to: right.span))
        }
    }

    private mutating func operand(minimum: Int) throws(Abandoned) -> Expression {
        guard kind == .keyword(.not), minimum <= BinaryOperator.notPrecedence else { return try negation() }
        let span = advance().span
        let operand = try binary(minimum: BinaryOperator.notPrecedence)
        return Expression(.unary(.not, operand), span.joined(to: operand.span))
    }

    private mutating func negation() throws(Abandoned) -> Expression {
        guard kind == .symbol(.minus) else { return try primary() }
        let span = advance().span
        let operand = try negation()
        return Expression(.unary(.minus, operand), span.joined(to: operand.span))
    }

    private mutating func listOperand() throws(Abandoned) -> Expression {
        guard kind == .symbol(.openBracket) else { throw unexpected(expected: ["a list such as [\"AAPL\", \"MSFT\"]"]) }
        return try primary()
    }

    /// Reports `a < b < c` once, at the second comparison, as what it should have been.
    private mutating func checkChain(_ left: Expression, _ operation: BinaryOperator, _ right: Expression, _ span: SourceSpan) {
        guard case .binary(let first, _, let middle) = left.kind, first.precedence == BinaryOperator.comparisonPrecedence,
            !left.isGrouped
        else { return }
        let correction = "\(left.code) and \(middle.code) \(operation.rawValue) \(right.code)"
        report(.chainedComparison(correction: correction), at: span)
    }

    private mutating func checkNotIn(_ left: Expression) throws(Abandoned) {
        guard kind == .keyword(.not), nextKind == .keyword(.in) else { return }
        let span = token.span.joined(to: tokens[index + 1].span)
        report(.notIn(correction: "not \(left.code) in […]"), at: span)
        throw Abandoned()
    }

    // MARK: - Operands

    /// A literal, a name, a call, a list, or an expression or a pipeline in parentheses.
    mutating func primary() throws(Abandoned) -> Expression {
        switch kind {
        case .int(let value): literal(.int(value))
        case .double(let value): literal(.double(value))
        case .string(let value): literal(.string(value))
        case .keyword(.true): literal(.bool(true))
        case .keyword(.false): literal(.bool(false))
        case .keyword(.null): literal(.null)
        case .symbol(.openBracket): try list()
        case .symbol(.openParenthesis): try parenthesised()
        case .name, .quotedName: try nameOrCall()
        case .keyword(let keyword) where keyword.beginsStatement: try nameOrCall()
        default: throw unexpected(expected: ["an expression"])
        }
    }

    private mutating func literal(_ value: Value) -> Expression { Expression(.literal(value), advance().span) }

    private mutating func nameOrCall() throws(Abandoned) -> Expression {
        let name = try name(expected: "a name")
        guard kind == .symbol(.openParenthesis) else { return Expression(.name(name), name.span) }
        let call = try call(name)
        guard skip(.dot) else { return Expression(.call(call), call.span) }
        let output = try self.name(expected: "the name of one of the call's results")
        return Expression(.output(call, output), call.span.joined(to: output.span))
    }

    /// A name; a reserved word is reported and then taken as the name that was meant.
    mutating func name(expected: String) throws(Abandoned) -> Name {
        switch kind {
        case .name(let text), .quotedName(let text): return Name(text, advance().span)
        case .keyword(let keyword):
            report(.reservedWord(keyword.rawValue), at: token.span)
            return Name(keyword.rawValue, advance().span)
        default: throw unexpected(expected: [expected])
        }
    }

    private mutating func list() throws(Abandoned) -> Expression {
        let start = token.span
        let items = try bracketed(.openBracket, .closeBracket) { (parser) throws(Abandoned) in try parser.expression() }
        return Expression(.list(items), start.joined(to: previousSpan))
    }

    /// `(a + b)` groups; `(curated.x | where(…))` is a pipeline.
    private mutating func parenthesised() throws(Abandoned) -> Expression {
        let start = token.span
        let items = try bracketed(.openParenthesis, .closeParenthesis) { (parser) throws(Abandoned) in try parser.grouped() }
        guard items.count == 1 else {
            report(.unexpected(found: items.isEmpty ? "empty parentheses" : "','", expected: ["one expression in parentheses"]), at: start)
            throw Abandoned()
        }
        return Expression(items[0].kind, start.joined(to: previousSpan))
    }

    private mutating func grouped() throws(Abandoned) -> Expression {
        let content = try expression()
        guard kind == .symbol(.pipe) else { return content }
        switch content.kind {
        case .name, .call, .pipeline:
            let pipeline = try pipeline(from: content)
            return Expression(.pipeline(pipeline), pipeline.span)
        default: throw unexpected(expected: ["an operator", "')'"])
        }
    }
}

extension Expression {
    /// Whether it stands in parentheses in the text it was read from.
    var isGrouped: Bool {
        switch kind {
        case .binary(_, let left, _): left.span.start > span.start
        case .unary(_, let operand): operand.span.end < span.end
        case .call(let call): call.span != span
        case .output(let call, _): call.span.start > span.start
        case .name(let name): name.span != span
        case .literal, .list, .pipeline: false
        }
    }
}
