/// The smallest piece of a cell's code that has a meaning, comments and newlines included.
package struct Token: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// An identifier, or identifiers joined by dots: `close`, `raw.stocks`.
        case name(String)
        /// A name in backticks, without them.
        case quotedName(String)
        case int(Int64)
        case double(Double)
        /// A string's value, escapes resolved.
        case string(String)
        case keyword(Keyword)
        case symbol(Symbol)
        /// From `#` to the end of the line.
        case comment
        case newline
        /// Something that was reported already; the parser passes over it without a second report.
        case invalid
        /// The end of the code; always the last token.
        case end
    }

    package let kind: Kind
    package let span: SourceSpan

    package init(_ kind: Kind, _ span: SourceSpan) {
        self.kind = kind
        self.span = span
    }
}

/// The words that cannot be names unless they stand in backticks.
package enum Keyword: String, Sendable, CaseIterable {
    case param, `let`, indicator, use, table, assert, model, show, plot, serve
    case and, or, not, `in`
    case `true`, `false`, null

    /// Whether a statement begins with this word.
    package var beginsStatement: Bool { Keyword.statements.contains(self) }

    package static let statements: [Keyword] = [.param, .let, .indicator, .use, .table, .assert, .model, .show, .plot, .serve]
}

package enum Symbol: String, Sendable, CaseIterable {
    case pipe = "|"
    case assign = "="
    case comma = ","
    case dot = "."
    case openParenthesis = "("
    case closeParenthesis = ")"
    case openBracket = "["
    case closeBracket = "]"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case plus = "+"
    case minus = "-"
    case star = "*"
    case slash = "/"
    case percent = "%"

    var opens: Bool { self == .openParenthesis || self == .openBracket }
    var closes: Bool { self == .closeParenthesis || self == .closeBracket }
}

extension Token.Kind {
    /// The operator this token is between two expressions; a minus is `subtract`.
    var binaryOperator: BinaryOperator? {
        switch self {
        case .symbol(let symbol): BinaryOperator(rawValue: symbol.rawValue)
        case .keyword(let keyword): BinaryOperator(rawValue: keyword.rawValue)
        default: nil
        }
    }

    var isTrivia: Bool { self == .newline || self == .comment }
}

extension Token.Kind: CustomStringConvertible {
    /// What the token is and its value, as `explain --stage tokens` lists it.
    package var description: String {
        switch self {
        case .name(let text): "name \(text)"
        case .quotedName(let text): "name `\(text)`"
        case .int(let value): "int \(value)"
        case .double(let value): "double \(value)"
        case .string(let value): "string \(value.debugDescription)"
        case .keyword(let keyword): "keyword \(keyword.rawValue)"
        case .symbol(let symbol): "symbol \(symbol.rawValue)"
        case .comment: "comment"
        case .newline: "newline"
        case .invalid: "invalid"
        case .end: "end"
        }
    }
}

extension Token {
    /// One line per token: where it starts, and what it is.
    package static func listing(_ tokens: [Token], in lines: SourceLines) -> String {
        tokens.map { "\(lines.position(of: $0.span.start)) \($0.kind)\n" }.joined()
    }
}
