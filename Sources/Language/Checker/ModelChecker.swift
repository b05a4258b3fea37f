import Columnar

/// Checks `model name = … | target(…) | features(…) | split(…) | fit(…)`.
struct ModelChecker {
    static let logistic = "logistic"
    static let targetForm = "target(up = next(close, 1) > close)"
    static let splitForm = "split(train = 0.8)"
    static let logisticForm = "logistic(C = 1.0, penalty = l2, tolerance = 1e-8, max_iterations = 100)"

    let context: CheckContext
    let scope: NotebookScope
    let name: Name

    func check(_ pipeline: Pipeline) -> CheckedModel? {
        let split = pipeline.verbs.firstIndex { Verb.ofModels.contains($0.name.text) } ?? pipeline.verbs.endIndex
        let rows = Pipeline(source: pipeline.source, verbs: Array(pipeline.verbs[..<split]), span: pipeline.span)
        let checkedRows = PipelineChecker(context: context, scope: scope, modelName: name.text).check(rows)
        guard let verbs = modelVerbs(pipeline.verbs[split...]), let checked = checkedRows else { return nil }
        guard let key = checked.shape.key else { return fail(.keyRequired(by: "a model"), name.span) }
        let target = target(verbs["target"]!, checked.shape)
        let features = features(verbs["features"]!, checked.shape)
        let share = verbs["split"].map { self.share($0, checked.shape) } ?? .some(nil)
        let classifier = classifier(verbs["fit"]!)
        guard let target, let features, let share, let classifier else { return nil }
        return CheckedModel(
            pipeline: checked, key: key, target: target.named, targetText: target.text, targetLookAhead: target.rows, features: features,
            trainShare: share, classifier: classifier)
    }

    private func modelVerbs(_ calls: ArraySlice<Call>) -> [String: Call]? {
        var found: [String: Call] = [:]
        for call in calls {
            guard Verb.ofModels.contains(call.name.text) else {
                if Verb.byName[call.name.text] != nil { return fail(.verbAfterModelVerb(call.name.text), call.name.span) }
                return fail(.unknownName(.verb, call.name.text, candidates: Verb.all.map(\.name) + Verb.ofModels), call.name.span)
            }
            if found.updateValue(call, forKey: call.name.text) != nil { return fail(.repeatedModelVerb(call.name.text), call.span) }
        }
        let examples = [("target", Self.targetForm), ("features", "features(ma_7, volatility_14)"), ("fit", "fit(logistic(C = 1.0))")]
        for (verb, example) in examples where found[verb] == nil {
            return fail(.missingModelVerb(model: name.text, verb: verb, example: example), name.span)
        }
        return found
    }

    private func target(_ call: Call, _ shape: TableShape) -> (named: NamedExpression, text: String, rows: Int)? {
        guard call.arguments.count == 1, let argument = call.arguments.first, let label = argument.label else {
            return fail(.argumentCount(call: "target", form: Self.targetForm, found: call.arguments.count), call.span)
        }
        guard let typed = ExpressionChecker(context: context, shape: shape).check(argument.value) else { return nil }
        guard typed.type == .bool else { return fail(.targetType(found: typed.type), argument.value.span) }
        let path = typed.lookAhead.map { [label.text] + $0.path } ?? [label.text]
        if let lookAhead = typed.lookAhead, lookAhead.rows == nil { return fail(.unboundedTarget(path: path), argument.span) }
        let text = "\(label.text) = \(context.source(argument.value.span))"
        return (NamedExpression(name: label.text, expression: typed.expression), text, typed.lookAhead?.rows ?? 0)
    }

    private func features(_ call: Call, _ shape: TableShape) -> [Field]? {
        guard !call.arguments.isEmpty else { return fail(.argumentCount(call: "features", form: "features(ma_7, …)", found: 0), call.span) }
        let use = VerbCall(
            call: call, shape: shape, checker: PipelineChecker(context: context, scope: scope), groups: nil, reorderedBy: nil)
        var seen: Set<String> = []
        return use.all(call.arguments) { argument in
            guard argument.label == nil, case .name(let name) = argument.value.kind else {
                return fail(.notAColumn(verb: "features"), argument.span)
            }
            guard let column = use.column(name) else { return nil }
            guard seen.insert(column.name).inserted else { return fail(.duplicateArgument(column.name), argument.span) }
            guard column.type.isNumeric || column.type == .bool else {
                return fail(.featureType(column.name, found: column.type), argument.span)
            }
            if let lookAhead = column.lookAhead {
                return fail(.lookAhead(feature: column.name, path: lookAhead.path, rows: lookAhead.rows), argument.span)
            }
            return Field(column.name, column.type)
        }
    }

    private func share(_ call: Call, _ shape: TableShape) -> Double?? {
        guard
            let bound = ArgumentBinder(context: context, call: call, form: Self.splitForm).bind(
                positional: [], named: ["train"], required: ["train"]),
            let value = number(bound["train"]!, "train", "split")
        else { return nil }
        guard value > 0, value < 1 else {
            return fail(
                .argumentValue(call: "split", argument: "train", expected: "a share between 0 and 1, such as 0.8", found: "\(value)"),
                bound["train"]!.span)
        }
        return .some(value)
    }

    private func classifier(_ call: Call) -> CheckedClassifier? {
        guard call.arguments.count == 1, call.arguments[0].label == nil, case .call(let fit) = call.arguments[0].value.kind else {
            return fail(.argumentCount(call: "fit", form: "fit(\(Self.logisticForm))", found: call.arguments.count), call.span)
        }
        guard fit.name.text != Self.logistic else { return logistic(fit) }
        if let model = context.models[fit.name.text] { return plugin(fit, model) }
        guard !context.lacksPlugin else { return nil }
        let isUnused = context.catalog.pluginNames.contains(fit.name.text) && !context.plugins.contains(fit.name.text)
        guard !isUnused else { return fail(.modelOfUnusedPlugin(fit.name.text), fit.name.span) }
        return fail(.unknownName(.function, fit.name.text, candidates: [Self.logistic] + context.models.keys.sorted()), fit.name.span)
    }

    private func plugin(_ fit: Call, _ model: ModelFunction) -> CheckedClassifier? {
        let required = model.parameters.filter { $0.defaultValue == nil }.map(\.name)
        guard
            let bound = ArgumentBinder(context: context, call: fit, form: model.form).bind(
                positional: [], named: model.parameters.map(\.name), required: required)
        else { return nil }
        let expressions = ExpressionChecker(context: context, shape: TableShape(columns: []))
        let values = model.parameters.map { expressions.value(of: $0, given: bound[$0.name], in: model.name) }
        guard !values.contains(where: { $0 == nil }) else { return nil }
        let settings = zip(model.parameters, values).map { PluginClassifier.Setting(name: $0.name, value: $1!) }
        return .plugin(PluginClassifier(identity: model.identity, settings: settings))
    }

    private func logistic(_ fit: Call) -> CheckedClassifier? {
        guard
            let bound = ArgumentBinder(context: context, call: fit, form: Self.logisticForm).bind(
                positional: [], named: ["C", "penalty", "tolerance", "max_iterations"], required: [])
        else { return nil }
        var parameters = LogisticParameters()
        for (argumentName, path) in [("C", \LogisticParameters.inverseRegularization), ("tolerance", \.tolerance)] {
            guard let argument = bound[argumentName] else { continue }
            guard let value = number(argument, argumentName, "logistic") else { return nil }
            guard value > 0 else {
                return fail(
                    .argumentValue(call: "logistic", argument: argumentName, expected: "a number above 0", found: "\(value)"), argument.span
                )
            }
            parameters[keyPath: path] = value
        }
        if let argument = bound["penalty"] {
            guard case .name(let name) = argument.value.kind, let penalty = LogisticParameters.Penalty(rawValue: name.text) else {
                return fail(
                    .argumentValue(
                        call: "logistic", argument: "penalty", expected: "l2 or none", found: context.source(argument.value.span)),
                    argument.span)
            }
            parameters.penalty = penalty
        }
        if let argument = bound["max_iterations"] {
            guard let value = number(argument, "max_iterations", "logistic") else { return nil }
            guard value >= 1, value == value.rounded(), value <= 1e6 else {
                return fail(
                    .argumentValue(call: "logistic", argument: "max_iterations", expected: "an int, 1 or more", found: "\(value)"),
                    argument.span)
            }
            parameters.maximumIterations = Int(value)
        }
        return .logistic(parameters)
    }

    private func number(_ argument: Argument, _ name: String, _ call: String) -> Double? {
        let expressions = ExpressionChecker(context: context, shape: TableShape(columns: []))
        guard let (value, _) = expressions.constant(argument.value, what: "\(name) of \(call)") else { return nil }
        switch value {
        case .int(let number): return Double(number)
        case .double(let number): return number
        default: return fail(.argumentValue(call: call, argument: name, expected: "a number", found: value.description), argument.span)
        }
    }

    private func fail<Result>(_ problem: CheckProblem, _ span: SourceSpan) -> Result? {
        context.report(problem, at: span)
        return nil
    }
}
