package import Columnar

/// What a notebook says, before anything is known about names and types.
package struct SyntaxTree: Sendable {
    package let cells: [CellSyntax]

    package init(cells: [CellSyntax]) { self.cells = cells }
}

/// The statements of one cell, in order.
package struct CellSyntax: Sendable {
    package let name: String
    package let statements: [Statement]

    package init(name: String, statements: [Statement]) {
        self.name = name
        self.statements = statements
    }
}

/// An identifier as written; a dotted table name is one name, `raw.stocks`; a name in backticks is its content.
package struct Name: Sendable, Hashable {
    package let text: String
    package let span: SourceSpan
    /// Whether it is a word of the language in its own place, as in `assert(…)`, which stands in no backticks.
    package let isWord: Bool

    package init(_ text: String, _ span: SourceSpan, isWord: Bool = false) {
        self.text = text
        self.span = span
        self.isWord = isWord
    }
}

package struct Statement: Sendable {
    package enum Kind: Sendable {
        case param(Name, Expression)
        case binding(Name, Pipeline)
        /// `indicator mean_gain(x, n = 20) = …`: its name and arguments, written like a call, and what it stands for.
        case indicator(Call, Expression)
        /// `use momentum`: a plugin.
        case use(Name)
        case table(Name, Pipeline)
        /// `assert(table, condition, …)`
        case assertion(Call)
        case model(Name, Pipeline)
        /// `show prices | take(5) as csv`: the word behind `as`, where there is one.
        case show(Pipeline, as: Name?)
        /// `plot prices | line(close) to "close.svg"`: the chart is the last verb.
        case plot(Pipeline, to: Expression?)
        case serve(Name, port: Expression?)
        case pipeline(Pipeline)
        /// A statement whose mistakes were reported, with the name it would make, so that uses of it aren't mistakes too.
        case invalid(Name?)
    }

    package let kind: Kind
    package let span: SourceSpan

    package init(_ kind: Kind, _ span: SourceSpan) {
        self.kind = kind
        self.span = span
    }
}

/// A source, then the verbs it is piped through; the source is a name, a call or a pipeline in parentheses.
package struct Pipeline: Sendable {
    package let source: Expression
    package let verbs: [Call]
    package let span: SourceSpan

    package init(source: Expression, verbs: [Call], span: SourceSpan) {
        self.source = source
        self.verbs = verbs
        self.span = span
    }
}

/// `name(a, b, label = c)`: a verb or a function.
package struct Call: Sendable {
    package let name: Name
    package let arguments: [Argument]
    package let span: SourceSpan

    package init(name: Name, arguments: [Argument], span: SourceSpan) {
        self.name = name
        self.arguments = arguments
        self.span = span
    }
}

package struct Argument: Sendable {
    package let label: Name?
    package let value: Expression

    package init(label: Name?, value: Expression) {
        self.label = label
        self.value = value
    }

    package var span: SourceSpan { label.map { $0.span.joined(to: value.span) } ?? value.span }
}

/// A value to compute; its span takes in the parentheses around it, which the tree doesn't hold otherwise.
package struct Expression: Sendable {
    package indirect enum Kind: Sendable {
        case literal(Value)
        case name(Name)
        case call(Call)
        /// `macd(close).signal`: one of the results of a call.
        case output(Call, Name)
        case unary(UnaryOperator, Expression)
        case binary(BinaryOperator, Expression, Expression)
        case list([Expression])
        /// A pipeline in parentheses, as an argument of `join` or `union`.
        case pipeline(Pipeline)
    }

    package let kind: Kind
    package let span: SourceSpan

    package init(_ kind: Kind, _ span: SourceSpan) {
        self.kind = kind
        self.span = span
    }
}

package enum UnaryOperator: String, Sendable {
    case minus = "-"
    case not
}

package enum BinaryOperator: String, Sendable, CaseIterable {
    case or, and
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case `in`
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"

    /// A higher number binds tighter; comparisons don't chain.
    package var precedence: Int {
        switch self {
        case .or: 1
        case .and: 2
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in: 4
        case .add, .subtract: 5
        case .multiply, .divide, .remainder: 6
        }
    }

    /// Between `and` and the comparisons: `not a == b` is `not (a == b)`.
    package static let notPrecedence = 3
    package static let comparisonPrecedence = 4
}
