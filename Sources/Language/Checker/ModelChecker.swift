import Columnar

/// Checks `model name = … | target(…) | features(…) | split(…) | fit(…) | calibrate(…)`.
struct ModelChecker {
    static let targetForm = "target(up = next(close, 1) > close)"

    let context: CheckContext
    let scope: NotebookScope
    let name: Name

    func check(_ pipeline: Pipeline) -> CheckedModel? {
        let start = pipeline.verbs.firstIndex { Verb.ofModels.contains($0.name.text) } ?? pipeline.verbs.endIndex
        let rows = Pipeline(source: pipeline.source, verbs: Array(pipeline.verbs[..<start]), span: pipeline.span)
        let checkedRows = PipelineChecker(context: context, scope: scope, modelName: name.text).check(rows)
        guard let verbs = modelVerbs(pipeline.verbs[start...]), let checked = checkedRows else { return nil }
        guard let key = checked.shape.key else { return fail(.keyRequired(by: "a model"), name.span) }
        let target = target(verbs["target"]!, checked.shape)
        let features = features(verbs["features"]!, checked.shape)
        let split = split(verbs)
        let calibration = verbs["calibrate"].map(CalibrationChecker(context: context).check)
        let classifier = ClassifierChecker(context: context).check(verbs["fit"]!)
        // Inside: nil where there is none.
        guard let target, let features, let split, let classifier, calibration != .some(nil) else { return nil }
        return CheckedModel(
            pipeline: checked, key: key, target: target.named, targetText: target.text, targetLookAhead: target.rows, features: features,
            split: split, classifier: classifier, calibration: calibration ?? nil)
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

    /// Nil inside without a split.
    private func split(_ verbs: [String: Call]) -> CheckedSplit?? {
        let checker = SplitChecker(context: context)
        switch (verbs["split"], verbs["walk_forward"]) {
        case (nil, nil): return .some(nil)
        case (let call?, nil): return checker.share(call).map { .some($0) }
        case (nil, let call?): return checker.walkForward(call).map { .some($0) }
        case (let split?, let walk?):
            return fail(.exclusiveModelVerbs("split", "walk_forward"), split.span.start > walk.span.start ? split.span : walk.span)
        }
    }

    private func fail<Result>(_ problem: CheckProblem, _ span: SourceSpan) -> Result? {
        context.report(problem, at: span)
        return nil
    }
}
