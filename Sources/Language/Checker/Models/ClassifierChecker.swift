import Columnar

/// Checks `fit(logistic(…))`, or `fit(…)` of a plugin's kind of model.
struct ClassifierChecker {
    static let logistic = "logistic"
    static let logisticForm =
        "logistic(C = 1.0, penalty = l2, class_weight = none, standardize = true, tolerance = 1e-8, max_iterations = 100)"
    private static let shortForm = "fit(logistic(C = 1.0, penalty = l2))"

    let context: CheckContext

    func check(_ call: Call) -> CheckedClassifier? {
        guard call.arguments.count == 1, call.arguments[0].label == nil, case .call(let fit) = call.arguments[0].value.kind else {
            return fail(.argumentCount(call: "fit", form: Self.shortForm, found: call.arguments.count), call.span)
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
        let names = ["C", "penalty", "class_weight", "standardize", "tolerance", "max_iterations"]
        guard let settings = ModelSettings(context, fit, form: Self.logisticForm, names: names) else { return nil }
        let strength = settings.number("C", expecting: "a number above 0") { $0 > 0 && $0.isFinite }
        let tolerance = settings.number("tolerance", expecting: "a number above 0 and below 1") { $0 > 0 && $0 < 1 }
        let iterations = settings.whole("max_iterations", from: 1, through: 1_000_000, expecting: "an int, 1 or more")
        let standardize = settings.flag("standardize")
        let penalty: LogisticParameters.Penalty?? = settings.choice("penalty")
        let classWeight: LogisticParameters.ClassWeight?? = settings.choice("class_weight")
        guard let strength, let tolerance, let iterations, let standardize, let penalty, let classWeight else { return nil }
        if penalty == LogisticParameters.Penalty.none {
            for name in ["C", "standardize"] where settings.has(name) { return settings.failIdle(name, beside: "penalty = none") }
        }
        let defaults = LogisticParameters()
        return .logistic(
            LogisticParameters(
                inverseRegularization: strength ?? defaults.inverseRegularization, penalty: penalty ?? defaults.penalty,
                classWeight: classWeight ?? defaults.classWeight, standardize: standardize ?? defaults.standardize,
                tolerance: tolerance ?? defaults.tolerance, maximumIterations: iterations ?? defaults.maximumIterations))
    }

    private func fail<Result>(_ problem: CheckProblem, _ span: SourceSpan) -> Result? {
        context.report(problem, at: span)
        return nil
    }
}
