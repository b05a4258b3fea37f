import Columnar

extension ExpressionChecker {
    /// A call; with `output`, the one of its results that has this name.
    func check(_ call: Call, output: Name? = nil) -> TypedExpression? {
        let name = call.name.text
        if !isAggregateOrChoice(call), let function = context.functions.series(name) { return series(function, call, output) }
        guard let value = checkSingle(call) else { return nil }
        if let output { return fail(.singleResult(call: name, output: output.text), output.span) }
        return value
    }

    /// Whether the call of a name that series have too means a group's rows or several values of one row.
    private func isAggregateOrChoice(_ call: Call) -> Bool {
        if AggregateFunction(rawValue: call.name.text) != nil, allowsAggregates ? call.arguments.count <= 1 : isOfWholeGroup(call) {
            return true
        }
        return isChoice(call)
    }

    /// A function that has one result without a name.
    private func checkSingle(_ call: Call) -> TypedExpression? {
        let name = call.name.text
        if allowsAggregates, let aggregate = AggregateFunction(rawValue: name), call.arguments.count <= 1 {
            return self.aggregate(aggregate, call)
        }
        if isChoice(call) { return positional(name == "min" ? .least : .greatest, call) }
        if let aggregate = AggregateFunction(rawValue: name), isOfWholeGroup(call) {
            return fail(.aggregateOutsideSummarize(aggregate), call.span)
        }
        if let function = ScalarFunction(rawValue: name), function.isCallable { return positional(function, call) }
        switch context.indicator(name) {
        case .known(let indicator): return apply(indicator, call)
        case .broken: return checkArguments(ofBroken: call)
        case .later: return fail(.indicatorBeforeDefinition(name), call.name.span)
        case nil: if context.lacksPlugin { return checkArguments(ofBroken: call) }
        }
        if Verb.ofModels.contains(name) { return fail(.modelVerbElsewhere(name), call.name.span) }
        if let plugin = PluginUse(context: context).plugin(with: name) {
            return fail(.functionOfUnusedPlugin(name, plugin: plugin), call.name.span)
        }
        let aggregates = allowsAggregates ? AggregateFunction.allCases.map(\.rawValue) : []
        return fail(.unknownName(.function, name, candidates: context.functionNames + aggregates), call.name.span)
    }

    /// `sum(close)`, without the rows of a window; `count()` and the like have no window form at all.
    private func isOfWholeGroup(_ call: Call) -> Bool {
        guard context.functions.series(call.name.text) != nil else { return true }
        return call.arguments.count == 1 && call.arguments[0].label == nil
    }

    /// `min(high, open)` chooses between values of one row; `min(low, 14)` is the smallest of 14 rows.
    private func isChoice(_ call: Call) -> Bool {
        guard ["min", "max"].contains(call.name.text), call.arguments.count >= 2, call.arguments.allSatisfy({ $0.label == nil }) else {
            return false
        }
        if call.arguments.count > 3 { return true }
        switch call.arguments[1].value.kind {
        case .literal(.int): return false
        case .name(let name):
            if let arguments { return arguments.constants[name.text]?.type != .int }
            return shape[name.text] != nil || context.useParameter(name.text)?.type != .int
        case .unary, .binary:
            return !call.arguments[1].value.names.isDisjoint(with: arguments.map { Array($0.series.keys) } ?? shape.names)
        default: return true
        }
    }

    private func positional(_ function: ScalarFunction, _ call: Call) -> TypedExpression? {
        let signature = function.signature
        for argument in call.arguments {
            guard let label = argument.label else { continue }
            return fail(.namedArgument(call: call.name.text, name: label.text, form: signature.form), label.span)
        }
        guard signature.arity.contains(call.arguments.count) else {
            return fail(.argumentCount(call: function.rawValue, form: signature.form, found: call.arguments.count), call.span)
        }
        return scalar(function, call.arguments.map(\.value), span: call.span)
    }

    private func aggregate(_ function: AggregateFunction, _ call: Call) -> TypedExpression? {
        var inner = self
        inner.allowsAggregates = false
        guard let argument = call.arguments.first else {
            guard function == .count else {
                return fail(.argumentCount(call: function.rawValue, form: "\(function.rawValue)(column)", found: 0), call.span)
            }
            return TypedExpression(expression: .aggregate(.count, nil, .int))
        }
        if let label = argument.label {
            return fail(.namedArgument(call: function.rawValue, name: label.text, form: "\(function.rawValue)(column)"), label.span)
        }
        guard let checked = inner.check(argument.value) else { return nil }
        guard let type = function.resultType(of: checked.type) else {
            return fail(
                .argumentType(
                    call: function.rawValue, accepts: function.accepts, found: [checked.type], form: "\(function.rawValue)(close)"),
                argument.span)
        }
        if function == .first || function == .last, shape.key == nil { return fail(.keyRequired(by: function.rawValue), call.span) }
        return TypedExpression(
            expression: .aggregate(function, checked.expression, type), window: checked.window, lookAhead: checked.lookAhead)
    }

    private func series(_ function: SeriesFunction, _ call: Call, _ output: Name?) -> TypedExpression? {
        guard let component = component(output, of: function, call) else { return nil }
        guard shape.key != nil else { return fail(.keyRequired(by: function.name), call.span) }
        guard
            let bound = ArgumentBinder(context: context, call: call, form: function.form).bind(
                positional: function.inputs.map(\.name) + function.parameters.map(\.name),
                required: function.inputs.map(\.name) + function.parameters.filter { $0.defaultValue == nil }.map(\.name))
        else { return nil }
        let inputs = function.inputs.map { input in seriesInput(bound[input.name]!, accepts: input.accepts, of: function) }
        let parameters = function.parameters.map { value(of: $0, given: bound[$0.name], in: function.name) }
        let (knownInputs, values) = (inputs.compactMap(\.self), parameters.compactMap(\.self))
        guard knownInputs.count == inputs.count, values.count == parameters.count else { return nil }
        if let (parameter, expected) = function.mismatch(values) {
            let found = values[function.parameters.firstIndex { $0.name == parameter }!]
            return fail(
                .argumentValue(call: function.name, argument: parameter, expected: expected, found: found.code),
                bound[parameter]?.span ?? call.span)
        }
        return applied(function, component, knownInputs, values, call)
    }

    /// Which result is meant; nil when that is said wrongly, or not at all where there is none of the function's own name.
    private func component(_ output: Name?, of function: SeriesFunction, _ call: Call) -> Int? {
        guard let output else {
            return function.ownOutput ?? fail(.outputNotChosen(call: function.name, outputs: function.outputs), call.span)
        }
        guard !function.outputs.isEmpty else { return fail(.singleResult(call: function.name, output: output.text), output.span) }
        return function.outputs.firstIndex(of: output.text)
            ?? fail(.unknownName(.result, output.text, candidates: function.outputs), output.span)
    }

    private func applied(
        _ function: SeriesFunction, _ component: Int, _ inputs: [TypedExpression], _ parameters: [Value], _ call: Call
    ) -> TypedExpression {
        let own = function.window(parameters)
        let inner = inputs.reduce(Window.row) { $0.union($1.window) }
        let window = own.composed(over: inner)
        let lookAhead = lookAhead(of: own, over: LookAhead.farthest(inputs.map(\.lookAhead)), call)
        return TypedExpression(
            expression: .series(
                function: function.identity, inputs: inputs.map(\.expression), parameters: parameters,
                type: function.resultType(inputs[0].type), window: own, component: component),
            window: window, lookAhead: lookAhead)
    }

    /// Rows ahead add up; `prev(next(close, 1), 1)` looks no row ahead.
    private func lookAhead(of own: Window, over inner: LookAhead?, _ call: Call) -> LookAhead? {
        let path = inner?.path ?? [arguments?.call ?? context.source(call.span)]
        guard let ownRows = own.lookAhead, let innerRows = inner == nil ? 0 : inner!.rows else { return LookAhead(rows: nil, path: path) }
        return ownRows + innerRows > 0 ? LookAhead(rows: ownRows + innerRows, path: path) : nil
    }

    private func seriesInput(_ argument: Argument, accepts: SeriesFunction.Input, of function: SeriesFunction) -> TypedExpression? {
        guard let checked = check(argument.value) else { return nil }
        if accepts != .any, !checked.type.isNumeric {
            return fail(
                .argumentType(call: function.name, accepts: "a series of numbers", found: [checked.type], form: function.form),
                argument.span)
        }
        return checked
    }

    func value(of parameter: SeriesFunction.Parameter, given argument: Argument?, in function: String) -> Value? {
        guard let argument else { return parameter.defaultValue }
        guard let (value, type) = constant(argument.value, what: "\(parameter.name) of \(function)") else { return nil }
        if let choice = choice(parameter, value, function) {
            return fail(.windowOrChoice(call: function, choice: choice, found: value.code), argument.span)
        }
        let wrong = { (expected: String) -> Value? in
            self.fail(
                .argumentValue(call: function, argument: parameter.name, expected: expected, found: value.code), argument.span)
        }
        switch (parameter.type, value) {
        case (.int, .int(let number)):
            if let maximum = parameter.maximum, Double(number) > maximum {
                return wrong("an int from \(Int(parameter.minimum ?? 0)) to \(Int(maximum))")
            }
            if let minimum = parameter.minimum, Double(number) < minimum { return wrong("an int, \(Int(minimum)) or more") }
        case (.double, .double(let number)):
            if let expected = parameter.expectation(notMetBy: number) { return wrong(expected) }
        case (.double, .int(let number)):
            if let expected = parameter.expectation(notMetBy: Double(number)) { return wrong(expected) }
            return .double(Double(number))
        default:
            guard type == parameter.type else {
                return wrong(parameter.type == .int ? "an int" : parameter.type == .bool ? "true or false" : "a \(parameter.type.rawValue)")
            }
        }
        return value
    }

    /// Where `min` or `max` got no possible number of rows, the function that chooses between values.
    private func choice(_ parameter: SeriesFunction.Parameter, _ value: Value, _ function: String) -> String? {
        guard case .int(let number) = value, let minimum = parameter.minimum, Double(number) < minimum else { return nil }
        return function == "min" ? "least" : function == "max" ? "greatest" : nil
    }
}

extension SeriesFunction {
    /// The call as documentation shows it: `sma(x, n, partial = false)`.
    package var form: String {
        let arguments =
            inputs.map(\.name)
            + parameters.map { parameter in parameter.defaultValue.map { "\(parameter.name) = \($0)" } ?? parameter.name }
        return "\(name)(\(arguments.joined(separator: ", ")))"
    }
}

extension SeriesFunction.Parameter {
    /// What a double had to be; nil where it is that.
    fileprivate func expectation(notMetBy number: Double) -> String? {
        if let maximum, number > maximum { return "a number from \(minimum ?? -.infinity) to \(maximum)" }
        if let minimum, number < minimum { return "a number, \(minimum) or more" }
        return nil
    }
}
