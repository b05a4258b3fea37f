import Columnar

extension ExpressionChecker {
    /// An indicator's body with the call's arguments in their places.
    func apply(_ indicator: IndicatorDefinition, _ call: Call) -> TypedExpression? {
        guard
            let bound = ArgumentBinder(context: context, call: call, form: indicator.form).bind(
                positional: indicator.series + indicator.constants.map(\.name), required: indicator.series)
        else { return nil }
        let series = indicator.series.map { check(bound[$0]!.value) }
        let constants = indicator.constants.map { value(of: $0, given: bound[$0.name], in: indicator.name) }
        let (inputs, values) = (series.compactMap(\.self), constants.compactMap(\.self))
        guard inputs.count == series.count, values.count == constants.count else { return nil }
        return inlined(indicator, indicator.arguments(inputs, values, call: arguments?.call ?? context.source(call.span)), call)
    }

    private func inlined(_ indicator: IndicatorDefinition, _ arguments: IndicatorArguments, _ call: Call) -> TypedExpression? {
        let body = ExpressionChecker(context: context, shape: shape, arguments: arguments)
        let (result, diagnostics) = context.collecting { body.check(indicator.body) }
        if let first = diagnostics.first, case .check(let problem) = first.problem {
            let place = indicator.body.innermostCall(around: first.span) ?? first.span
            return fail(problem.asMisuse(of: indicator, code: CheckContext.words(of: indicator.text, place)), call.span)
        }
        if let result, result.expression.isLarger(than: IndicatorDefinition.largestExpression) {
            return fail(.indicatorTooLarge(indicator.name), call.span)
        }
        return result
    }

    /// A call of an indicator whose definition is wrong; only its arguments can be looked at.
    func checkArguments(ofBroken call: Call) -> TypedExpression? {
        for argument in call.arguments { _ = check(argument.value) }
        return nil
    }
}

extension IndicatorDefinition {
    /// Indicators within each other grow by repeating their arguments; an expression no larger than this is fast to check and to run.
    static let largestExpression = 4096
    static let mostInlinings = 1024

    func arguments(_ inputs: [TypedExpression], _ values: [Value], call: String) -> IndicatorArguments {
        let literals = zip(constants, values).map { ($0.name, TypedExpression(expression: .literal($1, $0.type))) }
        return IndicatorArguments(
            indicator: name, names: series + constants.map(\.name),
            series: Dictionary(uniqueKeysWithValues: zip(series, inputs)),
            constants: Dictionary(uniqueKeysWithValues: literals), call: call,
            formWith: { Self.form(name, series + [$0], constants) })
    }
}

extension CheckProblem {
    /// What is wrong in an indicator's body, as the fault of the call that led to it.
    fileprivate func asMisuse(of indicator: IndicatorDefinition, code: String) -> CheckProblem {
        switch self {
        case .keyRequired: .keyRequired(by: indicator.name)
        case .indicatorTooLarge: .indicatorTooLarge(indicator.name)
        case .indicatorMisuse(_, let code, let problem): .indicatorMisuse(indicator.name, code: code, problem)
        default: .indicatorMisuse(indicator.name, code: code, self)
        }
    }
}

extension Expression {
    /// The smallest call that holds the span.
    fileprivate func innermostCall(around other: SourceSpan) -> SourceSpan? {
        guard span.start <= other.start, other.end <= span.end else { return nil }
        switch kind {
        case .call(let call), .output(let call, _):
            return call.arguments.lazy.compactMap { $0.value.innermostCall(around: other) }.first ?? span
        case .unary(_, let operand): return operand.innermostCall(around: other)
        case .binary(_, let left, let right): return left.innermostCall(around: other) ?? right.innermostCall(around: other)
        case .list(let items): return items.lazy.compactMap { $0.innermostCall(around: other) }.first
        case .literal, .name, .pipeline: return nil
        }
    }
}

extension CheckedExpression {
    fileprivate func isLarger(than limit: Int) -> Bool {
        var remaining = limit
        return !fits(&remaining)
    }

    private func fits(_ remaining: inout Int) -> Bool {
        remaining -= 1
        return remaining >= 0 && children.allSatisfy { $0.fits(&remaining) }
    }
}
