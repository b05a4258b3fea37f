/// How a model's probabilities are brought in line with how often the target comes true, on rows it was not fitted to.
package struct CalibrationParameters: Sendable, Hashable, Codable {
    package enum Method: String, Sendable, Codable {
        /// A logistic curve over the log odds: Platt, "Probabilistic outputs for support vector machines" (1999).
        case sigmoid
        /// The rising curve nearest to the labels: Zadrozny and Elkan, "Transforming classifier scores" (2002).
        case isotonic
    }

    package let method: Method
    /// The share of the rows before the test period, the latest of them, above 0 and below 1.
    package let share: Double

    package init(method: Method, share: Double = 0.2) {
        self.method = method
        self.share = share
    }
}

/// What a calibration did.
package struct CalibrationReport: Sendable, Hashable, Codable {
    package let method: CalibrationParameters.Method
    package let share: Double
    /// The first time of the rows it was made on, ISO 8601, and their number.
    package let start: String
    package let rows: Int
    /// Of a sigmoid: calibrated log odds are `slope · log odds + intercept`.
    package let slope: Double?
    package let intercept: Double?
    /// Of an isotonic curve: its corners.
    package let points: Int?
    /// Mean log loss of the test rows without the calibration; nil without test rows.
    package var uncalibratedLogLoss: Double?
}
