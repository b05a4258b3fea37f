import Columnar

/// An expression with what the checker knows of it.
struct TypedExpression {
    let expression: CheckedExpression
    var window: Window = .row
    var lookAhead: LookAhead?

    var type: DataType { expression.type }

    var constant: Value? {
        if case .literal(let value, _) = expression { value } else { nil }
    }
}

/// Resolves the names of expressions and checks their types against one pipeline's columns.
struct ExpressionChecker {
    let context: CheckContext
    let shape: TableShape
    /// Whether functions of a whole group may stand here.
    var allowsAggregates = false
    /// Set in the body of an indicator: its names, beside which no columns or parameters are seen.
    var arguments: IndicatorArguments?

    /// Nil when something is wrong; what, is reported.
    func check(_ expression: Expression) -> TypedExpression? {
        switch expression.kind {
        case .literal(let value): TypedExpression(expression: .literal(value, type(of: value)))
        case .name(let name): resolve(name)
        case .call(let call): check(call)
        case .output(let call, let name): check(call, output: name)
        case .unary(.not, let operand): scalar(.not, [operand], span: expression.span)
        case .unary(.minus, let operand): negate(operand, span: expression.span)
        case .binary(.in, let value, let list): membership(value, list, span: expression.span)
        case .binary(let comparison, let left, let right) where comparison.isEquality && (left.isNull || right.isNull):
            failComparison(comparison, left.isNull ? right : left, expression.span)
        case .binary(let binaryOperator, let left, let right):
            scalar(ScalarFunction(rawValue: binaryOperator.rawValue)!, [left, right], span: expression.span)
        case .list: fail(.misplacedList, expression.span)
        case .pipeline: fail(.misplacedPipeline, expression.span)
        }
    }

    /// A constant, or nil with `what` reported as no constant.
    func constant(_ expression: Expression, what: String) -> (value: Value, type: DataType)? {
        if case .name(let name) = expression.kind, arguments?.series[name.text] != nil {
            return fail(.seriesAsConstant(name.text, what: what), expression.span)
        }
        if case .name(let name) = expression.kind, arguments == nil, shape[name.text] == nil, context.useParameter(name.text) == nil {
            return failUnknown(.parameter, name, candidates: context.parameterNames)
        }
        guard let checked = check(expression) else { return nil }
        guard let value = checked.constant else { return fail(.notConstant(what: what), expression.span) }
        return (value, checked.type)
    }

    func fail<Result>(_ problem: CheckProblem, _ span: SourceSpan) -> Result? {
        context.report(problem, at: span)
        return nil
    }

    private func failComparison(_ comparison: BinaryOperator, _ value: Expression, _ span: SourceSpan) -> TypedExpression? {
        fail(.comparisonWithNull(correction: (comparison == .equal ? "" : "not ") + "is_null(\(value.code))"), span)
    }

    private func resolve(_ name: Name) -> TypedExpression? {
        if let arguments {
            return arguments[name.text]
                ?? fail(
                    .foreignName(
                        name.text, indicator: arguments.indicator, candidates: arguments.names, form: arguments.formWith(name.text)),
                    name.span)
        }
        if let column = shape[name.text] {
            if context.useParameter(name.text) != nil { return fail(.columnAndParameter(name.text), name.span) }
            return TypedExpression(expression: .column(column.name, column.type), window: column.window, lookAhead: column.lookAhead)
        }
        if let parameter = context.useParameter(name.text) {
            return TypedExpression(expression: .literal(parameter.value, parameter.type))
        }
        return failUnknown(.column, name, candidates: shape.names + context.parameterNames)
    }

    private func failUnknown<Result>(_ kind: CheckProblem.NameKind, _ name: Name, candidates: [String]) -> Result? {
        if context.isBroken(parameter: name.text) { return nil }
        if let cell = context.definingCell(ofParameter: name.text) {
            return fail(.usedBeforeDefinition(.parameter, name.text, cell: cell), name.span)
        }
        return fail(.unknownName(kind, name.text, candidates: candidates), name.span)
    }

    private func negate(_ operand: Expression, span: SourceSpan) -> TypedExpression? {
        guard let checked = check(operand) else { return nil }
        switch checked.constant {
        case .int(let value)? where value != .min: return TypedExpression(expression: .literal(.int(-value), .int))
        case .double(let value)?: return TypedExpression(expression: .literal(.double(-value), .double))
        default: return combine(.negate, [checked], [operand.span], span: span)
        }
    }

    private func membership(_ value: Expression, _ list: Expression, span: SourceSpan) -> TypedExpression? {
        guard case .list(let items) = list.kind, !items.isEmpty else {
            return fail(.emptyList(of: "in", form: "symbol in [\"AAPL\", \"IBM\"]"), list.span)
        }
        return scalar(.in, [value] + items, span: span)
    }

    func scalar(_ function: ScalarFunction, _ arguments: [Expression], span: SourceSpan) -> TypedExpression? {
        let checked = arguments.map(check)
        let known = checked.compactMap(\.self)
        guard known.count == arguments.count else { return nil }
        return combine(function, known, arguments.map(\.span), span: span)
    }

    private func combine(_ function: ScalarFunction, _ given: [TypedExpression], _ spans: [SourceSpan], span: SourceSpan)
        -> TypedExpression?
    {
        guard let arguments = adapt(given, spans, to: function) else { return nil }
        let signature = function.signature
        let types = arguments.map(\.type)
        guard signature.arity.contains(arguments.count) else {
            return fail(.argumentCount(call: function.rawValue, form: signature.form, found: arguments.count), span)
        }
        guard let type = signature.result(types) else {
            return fail(.argumentType(call: function.rawValue, accepts: signature.accepts, found: types, form: signature.form), span)
        }
        return TypedExpression(
            expression: .scalar(function, arguments.map(\.expression), type),
            window: arguments.reduce(.row) { $0.union($1.window) },
            lookAhead: LookAhead.farthest(arguments.map(\.lookAhead)))
    }

    /// Lets a text stand for a date beside dates, and null for any type.
    private func adapt(_ arguments: [TypedExpression], _ spans: [SourceSpan], to function: ScalarFunction) -> [TypedExpression]? {
        let alternatives = function == .if ? Array(arguments.dropFirst()) : arguments
        let known = alternatives.filter { $0.constant != .null }
        let temporal = function.comparesAlternatives && known.contains { $0.type.isTemporal }
        var adapted = arguments
        for (index, argument) in arguments.enumerated() where function != .if || index > 0 {
            if argument.constant == .null, let other = known.first {
                adapted[index] = TypedExpression(expression: .literal(.null, other.type))
            } else if temporal, case .string(let text)? = argument.constant {
                if let date = CalendarDate(iso: text) {
                    adapted[index] = TypedExpression(expression: .literal(.date(date.days), .date))
                } else if let time = CalendarTime(iso: text) {
                    adapted[index] = TypedExpression(expression: .literal(.timestamp(time.microseconds), .timestamp))
                } else {
                    return fail(.notADate(text), spans[index])
                }
            }
        }
        return adapted
    }

    private func type(of value: Value) -> DataType {
        switch value {
        case .int: .int
        case .double: .double
        case .bool: .bool
        case .date: .date
        case .timestamp: .timestamp
        case .string, .null: .string
        }
    }
}

extension ScalarFunction {
    /// Whether the arguments are values of one type, among which a text may be meant as a date.
    fileprivate var comparesAlternatives: Bool {
        switch self {
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in, .if, .coalesce, .least, .greatest: true
        default: false
        }
    }
}

extension BinaryOperator {
    fileprivate var isEquality: Bool { self == .equal || self == .notEqual }
}

extension Expression {
    fileprivate var isNull: Bool { if case .literal(.null) = kind { true } else { false } }
}
