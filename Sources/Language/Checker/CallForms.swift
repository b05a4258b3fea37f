/// How calls are written that are neither verbs nor functions, for help.
package enum CallForms {
    package static let csv = FileSourceChecker.csvForm
    package static let parquet = FileSourceChecker.parquetForm
    package static let target = ModelChecker.targetForm
    package static let split = SplitChecker.shareForm
    package static let walkForward = SplitChecker.walkForm
    package static let calibrate = CalibrationChecker.form
    package static let logistic = ClassifierChecker.logisticForm
}
