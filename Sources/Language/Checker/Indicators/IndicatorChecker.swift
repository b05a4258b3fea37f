import Columnar

/// Checks `indicator mean_gain(x, n = 20) = sma(change(x), n)`.
struct IndicatorChecker {
    static let form = "indicator mean_gain(x, n = 20) = sma(change(x), n)"

    let context: CheckContext

    /// Makes the indicator known; one that is wrong is known as such.
    func define(_ head: Call, _ body: Expression) {
        let (definition, diagnostics) = context.collecting { check(head, body) }
        context.report(diagnostics)
        if let definition, diagnostics.isEmpty { context.declare(definition) } else { context.declare(brokenIndicator: head.name.text) }
    }

    func reportCycles(_ statements: [Statement]) {
        for circle in DefinitionCycles.ofIndicators(statements) {
            context.report(.indicatorCycle(circle.names), at: circle.span)
            context.declare(circularIndicators: circle.names)
        }
    }

    private func check(_ head: Call, _ body: Expression) -> IndicatorDefinition? {
        checkName(head.name)
        guard let (series, constants) = arguments(of: head) else { return nil }
        reportUnused(head, body)
        guard !context.isCircular(indicator: head.name.text) else { return nil }
        let inlinings = body.callNames.reduce(1) { count, name in
            if case .known(let used) = context.indicator(name) { count + used.inlinings } else { count }
        }
        guard inlinings <= IndicatorDefinition.mostInlinings else {
            return fail(.indicatorTooLarge(head.name.text), head.name.span)
        }
        let definition = IndicatorDefinition(
            name: head.name.text, series: series, constants: constants, body: body, text: context.text, inlinings: inlinings)
        return bodyChecks(definition) ? definition : nil
    }

    // MARK: The head

    private func checkName(_ name: Name) {
        if let owner = owner(of: name.text) { return context.report(.indicatorNameTaken(name.text, by: owner), at: name.span) }
        if !isWord(name.text) { context.report(.unsuitableIndicatorName(name.text), at: name.span) }
        if context.hasIndicator(name.text) { context.report(.duplicateDefinition(.indicator, name.text), at: name.span) }
    }

    private func owner(of name: String) -> String? {
        if Verb.byName[name] != nil || Verb.ofModels.contains(name) { return "a verb" }
        let special = ["csv", "parquet", "types", "desc", "logistic", "unique", "not_null"]
        let isFunction = special.contains(name) || AggregateFunction(rawValue: name) != nil || context.functions.names.contains(name)
        return isFunction ? "a function" : nil
    }

    private func isWord(_ name: String) -> Bool { !name.contains(".") && Name(name, SourceSpan(0, 0)).code == name }

    /// Those without a default, which are series, then those with one.
    private func arguments(of head: Call) -> (series: [String], constants: [SeriesFunction.Parameter])? {
        var series: [String] = []
        var constants: [SeriesFunction.Parameter] = []
        var failed = false
        for argument in head.arguments {
            guard let name = name(of: argument, behind: constants) else {
                failed = true
                continue
            }
            if series.contains(name.text) || constants.contains(where: { $0.name == name.text }) {
                context.report(.duplicateArgument(name.text), at: argument.span)
                failed = true
            } else if argument.label == nil {
                series.append(name.text)
            } else if let constant = constant(name, argument.value, of: head.name.text) {
                constants.append(constant)
            } else {
                failed = true
            }
        }
        if series.isEmpty, !failed { return fail(.indicatorWithoutSeries(head.name.text), head.span) }
        return failed ? nil : (series, constants)
    }

    private func name(of argument: Argument, behind constants: [SeriesFunction.Parameter]) -> Name? {
        if let label = argument.label { return label }
        guard case .name(let name) = argument.value.kind else { return fail(.notAnArgumentName, argument.span) }
        return constants.isEmpty ? name : fail(.seriesBehindConstant(name.text), argument.span)
    }

    private func constant(_ name: Name, _ given: Expression, of indicator: String) -> SeriesFunction.Parameter? {
        let expressions = ExpressionChecker(context: context, shape: TableShape(columns: []), arguments: .none(of: indicator))
        let checked = context.collecting { expressions.check(given) }.result
        guard let checked, let value = checked.constant, value != .null else {
            return fail(.defaultNotConstant(argument: name.text), given.span)
        }
        return SeriesFunction.Parameter(name.text, checked.type, default: value)
    }

    // MARK: The body

    private func reportUnused(_ head: Call, _ body: Expression) {
        let used = body.names
        for argument in head.arguments {
            guard let name = name(of: argument, behind: []), !used.contains(name.text) else { continue }
            context.report(.unusedArgument(name.text, indicator: head.name.text), at: name.span)
        }
    }

    /// Holds the body against series of doubles; where those don't fit, against series of other types, of which some must.
    private func bodyChecks(_ definition: IndicatorDefinition) -> Bool {
        let (result, found) = check(definition, definition.series.map { _ in .double })
        // Without a result and a report it uses an indicator that is wrong itself.
        guard !found.isEmpty else { return result != nil }
        let mayBeTypes = found.contains { if case .check(let problem) = $0.problem { problem.isAboutTypes } else { false } }
        if mayBeTypes, assignments(definition.series.count).contains(where: { check(definition, $0).result != nil }) { return true }
        context.report(found)
        return false
    }

    private func check(_ definition: IndicatorDefinition, _ types: [DataType]) -> (result: TypedExpression?, diagnostics: [Diagnostic]) {
        let inputs = zip(definition.series, types).map { TypedExpression(expression: .column($0, $1)) }
        let arguments = definition.arguments(inputs, definition.constants.map { $0.defaultValue! }, call: definition.form)
        let shape = TableShape(columns: [], key: Key(entity: [], time: "time"))
        return context.collecting { ExpressionChecker(context: context, shape: shape, arguments: arguments).check(definition.body) }
    }

    /// Every way to give types to so many series; of many, only those with one type for all.
    private func assignments(_ count: Int) -> [[DataType]] {
        let types: [DataType] = [.double, .bool, .string, .date, .timestamp]
        guard count <= 3 else { return types.map { Array(repeating: $0, count: count) } }
        return (0..<count).reduce([[]]) { found, _ in found.flatMap { start in types.map { start + [$0] } } }
    }

    private func fail<Result>(_ problem: CheckProblem, _ span: SourceSpan) -> Result? {
        context.report(problem, at: span)
        return nil
    }
}

extension IndicatorArguments {
    /// Where an indicator's own arguments have no meaning yet.
    fileprivate static func none(of indicator: String) -> IndicatorArguments {
        IndicatorArguments(
            indicator: indicator, names: [], series: [:], constants: [:], call: indicator, formWith: { "\(indicator)(\($0))" })
    }
}

extension CheckProblem {
    fileprivate var isAboutTypes: Bool {
        switch self {
        case .argumentType, .indicatorMisuse: true
        default: false
        }
    }
}
