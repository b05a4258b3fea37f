package import Columnar

/// A model's rows and how it is fitted.
package struct CheckedModel: Sendable {
    /// Up to the verbs that only models have.
    package let pipeline: CheckedPipeline
    package let key: Key
    package let target: NamedExpression
    package let targetText: String
    /// Rows after its own that a label depends on.
    package let targetLookAhead: Int
    package let features: [Field]
    /// Nil trains on all rows.
    package let split: CheckedSplit?
    package let classifier: CheckedClassifier
    package let calibration: CheckedCalibration?
}

package enum CheckedSplit: Sendable, Hashable {
    /// The share of rows, earliest first, that train; `embargo` dates are left out before the others.
    case share(train: Double, embargo: Int)
    case walkForward(CheckedWalkForward)
}

/// Windows that walk through time, all in dates.
package struct CheckedWalkForward: Sendable, Hashable {
    package let train: Int
    package let test: Int
    /// `test` or more.
    package let step: Int
    package let embargo: Int
    package let expanding: Bool
}

package enum CheckedClassifier: Sendable, Hashable {
    case logistic(LogisticParameters)
    case plugin(PluginClassifier)
}

package struct LogisticParameters: Sendable, Hashable {
    package enum Penalty: String, Sendable, CaseIterable { case l2, none }
    package enum ClassWeight: String, Sendable, CaseIterable { case none, balanced }

    /// The inverse of the penalty's strength.
    package var inverseRegularization = 1.0
    package var penalty = Penalty.l2
    package var classWeight = ClassWeight.none
    /// Whether the penalty is on coefficients of standardised features.
    package var standardize = true
    /// The largest component allowed in the mean loss's gradient at the end.
    package var tolerance = 1e-8
    package var maximumIterations = 100
}

package struct CheckedCalibration: Sendable, Hashable {
    package enum Method: String, Sendable, CaseIterable { case sigmoid, isotonic }

    package let method: Method
    /// Of the rows before the test period, the latest.
    package let share: Double
}

extension CheckedModel {
    /// The canonical text of what the model means.
    package var definition: String {
        let parts = [
            pipeline.definition, "(target \(target.definition))", featuresDefinition,
            "(split \(split?.definition ?? "none"))", "(fit \(classifier.definition))",
        ]
        return (parts + (calibration.map { ["(calibrate \($0.method.rawValue) \($0.share))"] } ?? [])).joined(separator: "\n")
    }

    /// The part of it that says what a row of features is: two models that differ only in target or fit are asked alike.
    package var inputDefinition: String { [pipeline.definition, featuresDefinition].joined(separator: "\n") }

    private var featuresDefinition: String { "(features \(features.map(\.name).joined(separator: " ")))" }
}

extension CheckedSplit {
    fileprivate var definition: String {
        switch self {
        case .share(let train, let embargo): "\(train) embargo \(embargo)"
        case .walkForward(let walk):
            "forward \(walk.train) \(walk.test) \(walk.step) embargo \(walk.embargo)\(walk.expanding ? " expanding" : "")"
        }
    }
}

extension CheckedClassifier {
    fileprivate var definition: String {
        switch self {
        case .logistic(let logistic):
            "logistic \(logistic.penalty.rawValue) \(logistic.inverseRegularization) weight \(logistic.classWeight.rawValue)"
                + " \(logistic.standardize ? "standardized" : "raw") \(logistic.tolerance) \(logistic.maximumIterations)"
        case .plugin(let plugin): "\(plugin)"
        }
    }
}
