package import Columnar
package import PluginHost

/// What to fit and on which columns of the sample stream.
package struct TrainingSpecification: Sendable {
    /// Columns of type double, int or bool, in the order the model takes them.
    package let features: [String]
    /// A bool column, or an int column of 0 and 1.
    package let target: String
    /// What messages and metadata call the target and its label's end.
    package let targetName: String
    /// Columns that tell entities apart; figures are given for each. None needs to be named.
    package let entity: [String]
    /// A date or timestamp column: the row's time.
    package let time: String
    /// The time of the last row the target depends on, in the type of `time`; null makes the row unusable. Where nothing is split
    /// off the samples need not have it.
    package let labelEnd: String
    /// Nil trains on all rows and tests on none.
    package let split: SampleSplit?
    package let calibration: CalibrationParameters?
    package let method: FittingMethod

    package init(
        features: [String], target: String, targetName: String? = nil, entity: [String] = [], time: String,
        labelEnd: String = "label_end", split: SampleSplit? = .share(train: 0.8, embargo: 0), calibration: CalibrationParameters? = nil,
        method: FittingMethod = .logistic(LogisticParameters())
    ) {
        self.features = features
        self.target = target
        self.targetName = targetName ?? target
        self.entity = entity
        self.time = time
        self.labelEnd = labelEnd
        self.split = split
        self.calibration = calibration
        self.method = method
    }

    var needsLabelEnds: Bool { split != nil || calibration != nil }
}

/// What is fitted.
package enum FittingMethod: Sendable {
    case logistic(LogisticParameters)
    /// A plugin's kind of model, with a value for each of its parameters in their order.
    case plugin(NativeModel, [Value])
}
