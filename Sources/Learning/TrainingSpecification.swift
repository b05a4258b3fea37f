package import Columnar
package import PluginHost

/// What to fit and on which columns of the sample stream.
package struct TrainingSpecification: Sendable {
    /// Columns of type double, int or bool, in the order the model takes them.
    package let features: [String]
    /// A bool column, or an int column of 0 and 1.
    package let target: String
    /// A date or timestamp column: the row's time.
    package let time: String
    /// The time of the last row the target depends on, in the type of `time`; null makes the row unusable. Without a split the
    /// samples need not have it.
    package let labelEnd: String
    /// The share of usable rows before the cut, above 0 and below 1; nil trains on all rows and tests on none.
    package let trainFraction: Double?
    package let method: FittingMethod

    package init(
        features: [String], target: String, time: String, labelEnd: String = "label_end", trainFraction: Double? = 0.8,
        method: FittingMethod = .logistic(LogisticParameters())
    ) {
        self.features = features
        self.target = target
        self.time = time
        self.labelEnd = labelEnd
        self.trainFraction = trainFraction
        self.method = method
    }
}

/// What is fitted.
package enum FittingMethod: Sendable {
    case logistic(LogisticParameters)
    /// A plugin's kind of model, with a value for each of its parameters in their order.
    case plugin(NativeModel, [Value])
}

/// How a logistic regression is fitted and applied.
package struct LogisticParameters: Sendable, Hashable, Codable {
    package enum Penalty: String, Sendable, Codable { case l2, none }

    /// The inverse strength of the penalty, above 0: `C·Σ loss + ½‖w‖²` is minimised.
    package var inverseRegularization = 1.0
    package var penalty = Penalty.l2
    /// The fit has converged when no partial derivative of the mean objective exceeds this.
    package var tolerance = 1e-8
    package var maximumIterations = 100
    /// The probability from which a row is predicted as 1.
    package var threshold = 0.5

    package init() {}
}
