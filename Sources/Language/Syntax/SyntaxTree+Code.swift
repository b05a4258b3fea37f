package import Columnar

/// The one-line form of the tree's parts in the language itself: least parentheses, canonical literals, no layout.
/// Reading it gives an equal tree.
extension Expression {
    package var code: String { ExpressionCode().code(self) }
}

extension Call {
    package var code: String { ExpressionCode().code(self) }
}

extension Pipeline {
    package var code: String { ExpressionCode().code(self) }
}

extension Statement {
    package var code: String {
        switch kind {
        case .param(let name, let value): "param \(name.code) = \(value.code)"
        case .binding(let name, let pipeline): "let \(name.code) = \(pipeline.code)"
        case .indicator(let head, let body): "indicator \(head.code) = \(body.code)"
        case .use(let name): "use \(name.code)"
        case .table(let name, let pipeline): "table \(name.code) = \(pipeline.code)"
        case .assertion(let call): call.code
        case .model(let name, let pipeline): "model \(name.code) = \(pipeline.code)"
        case .show(let pipeline, let format): "show \(pipeline.code)" + (format.map { " as \($0.code)" } ?? "")
        case .plot(let pipeline, let file): "plot \(pipeline.code)" + (file.map { " to \($0.code)" } ?? "")
        case .serve(let name, nil): "serve \(name.code)"
        case .serve(let name, let port?): "serve \(name.code) on \(port.code)"
        case .pipeline(let pipeline): pipeline.code
        case .invalid(let name): "# invalid \(name?.code ?? "statement")"
        }
    }
}

extension Name {
    /// The name as it must be written: in backticks unless it is an identifier, or identifiers joined by dots.
    package var code: String {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isPlain = !parts.isEmpty && parts.allSatisfy(Name.isIdentifier) && (isWord || Keyword(rawValue: text) == nil)
        return isPlain ? text : "`\(text)`"
    }

    private static func isIdentifier(_ part: Substring) -> Bool {
        guard let first = part.unicodeScalars.first, first == "_" || first.properties.isAlphabetic else { return false }
        return part.unicodeScalars.allSatisfy(Lexer.continuesName)
    }
}

extension Value {
    /// The value as a literal of the language; dates and timestamps as strings.
    package var code: String {
        switch self {
        case .string(let value): Value.quoted(value)
        case .date, .timestamp: Value.quoted(description)
        case .null, .int, .double, .bool: description
        }
    }

    private static func quoted(_ value: String) -> String {
        var code = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": code += "\\\""
            case "\\": code += "\\\\"
            case "\n": code += "\\n"
            case "\t": code += "\\t"
            case _ where scalar.properties.generalCategory == .control: code += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: code.unicodeScalars.append(scalar)
            }
        }
        return code + "\""
    }
}

/// Prints expressions on one line; `literal` says how a literal is spelt.
struct ExpressionCode {
    var literal: (Expression, Value) -> String = { _, value in value.code }
    /// Whether parentheses that aren't needed stay where the text had them between operators.
    var keepsGroups = false

    func code(_ pipeline: Pipeline) -> String {
        ([code(pipeline.source)] + pipeline.verbs.map(code)).joined(separator: " | ")
    }

    func code(_ call: Call) -> String { "\(call.name.code)(\(call.arguments.map(code).joined(separator: ", ")))" }

    func code(_ argument: Argument) -> String {
        argument.label.map { "\($0.code) = \(code(argument.value))" } ?? code(argument.value)
    }

    func code(_ expression: Expression) -> String {
        switch expression.kind {
        case .literal(let value): literal(expression, value)
        case .name(let name): name.code
        case .call(let call): code(call)
        case .output(let call, let name): "\(code(call)).\(name.code)"
        case .unary(.minus, let operand): "-" + code(operand, minimum: Expression.callPrecedence)
        case .unary(.not, let operand): "not " + code(operand, minimum: BinaryOperator.notPrecedence)
        case .binary(let operation, let left, let right):
            "\(code(left, minimum: operation.leftMinimum)) \(operation.rawValue) \(code(right, minimum: operation.precedence + 1))"
        case .list(let items): "[\(items.map(code).joined(separator: ", "))]"
        case .pipeline(let pipeline): "(\(code(pipeline)))"
        }
    }

    /// An operand, in parentheses where it binds more loosely than `minimum`.
    func code(_ operand: Expression, minimum: Int) -> String {
        needsGroup(operand, minimum: minimum) ? "(\(code(operand)))" : code(operand)
    }

    func needsGroup(_ operand: Expression, minimum: Int) -> Bool {
        operand.precedence < minimum || (keepsGroups && operand.isGrouped && operand.precedence < Expression.callPrecedence)
    }
}

extension BinaryOperator {
    /// Comparisons don't chain, so a comparison to the left of another stands in parentheses.
    var leftMinimum: Int { precedence == BinaryOperator.comparisonPrecedence ? precedence + 1 : precedence }
}

extension Expression {
    static let minusPrecedence = 7
    static let callPrecedence = 8

    var precedence: Int {
        switch kind {
        case .binary(let operation, _, _): operation.precedence
        case .unary(.not, _): BinaryOperator.notPrecedence
        case .unary(.minus, _): Expression.minusPrecedence
        case .literal(.int(let value)) where value < 0: Expression.minusPrecedence
        case .literal(.double(let value)) where value < 0: Expression.minusPrecedence
        default: Expression.callPrecedence
        }
    }
}
