/// The verbs and methods of models as completion offers them.
enum ModelForms {
    /// By verb.
    static let verbs = [
        "target": ModelChecker.targetForm, "features": "features(ma_7, …)", "split": ModelChecker.splitForm,
        "fit": "fit(\(ModelChecker.logisticForm))",
    ]

    /// Verbs whose arguments have the names of their form.
    static let namedVerbs: Set<String> = ["split"]

    /// The methods that are there without plugins, by name.
    static let methods = [ModelChecker.logistic: ModelChecker.logisticForm]

    /// Arguments that are one of a few words, as `method.argument`.
    static let words = ["logistic.penalty": LogisticParameters.Penalty.allCases.map(\.rawValue)]
}
