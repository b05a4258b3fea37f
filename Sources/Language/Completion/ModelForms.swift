/// The verbs and methods of models as completion offers them.
enum ModelForms {
    /// By verb.
    static let verbs = [
        "target": ModelChecker.targetForm, "features": "features(ma_7, …)", "split": SplitChecker.shareForm,
        "walk_forward": SplitChecker.walkForm, "fit": "fit(\(ClassifierChecker.logisticForm))", "calibrate": CalibrationChecker.form,
    ]

    /// Verbs whose arguments have the names of their form.
    static let namedVerbs: Set<String> = ["split", "walk_forward", "calibrate"]

    /// Those of them whose arguments are always named.
    static let verbsWithoutOrder: Set<String> = ["split", "walk_forward"]

    /// The methods that are there without plugins, by name.
    static let methods = [ClassifierChecker.logistic: ClassifierChecker.logisticForm]

    /// Arguments that are one of a few words, as `method.argument`.
    static let words = [
        "logistic.penalty": LogisticParameters.Penalty.allCases.map(\.rawValue),
        "logistic.class_weight": LogisticParameters.ClassWeight.allCases.map(\.rawValue),
        "calibrate.method": CheckedCalibration.Method.allCases.map(\.rawValue),
    ]
}
