/// How a logistic regression is fitted and applied.
package struct LogisticParameters: Sendable, Hashable, Codable {
    package enum Penalty: String, Sendable, Codable { case l2, none }

    package enum ClassWeight: String, Sendable, Codable {
        case none
        /// The rows of a class count in inverse proportion to their number: both classes weigh the same.
        case balanced
    }

    /// The inverse strength of the penalty, above 0: `C·Σ loss + ½‖w‖²` is minimised.
    package var inverseRegularization = 1.0
    package var penalty = Penalty.l2
    package var classWeight = ClassWeight.none
    /// Whether the penalty holds the coefficients of standardised features, or those of the features as they are.
    package var standardize = true
    /// The fit has converged when no partial derivative of the mean objective, by coefficients of standardised features, exceeds this.
    package var tolerance = 1e-8
    package var maximumIterations = 100
    /// The probability from which a row is predicted as 1.
    package var threshold = 0.5

    package init() {}

    /// Models of earlier releases have neither weights nor a choice of scale.
    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        inverseRegularization = try members.decode(Double.self, forKey: .inverseRegularization)
        penalty = try members.decode(Penalty.self, forKey: .penalty)
        classWeight = try members.decodeIfPresent(ClassWeight.self, forKey: .classWeight) ?? .none
        standardize = try members.decodeIfPresent(Bool.self, forKey: .standardize) ?? true
        tolerance = try members.decode(Double.self, forKey: .tolerance)
        maximumIterations = try members.decode(Int.self, forKey: .maximumIterations)
        threshold = try members.decode(Double.self, forKey: .threshold)
    }

    /// What a row of label 0 and one of label 1 count; nil when all count 1. The weights of all rows add up to their number.
    func weights(rows: Int, positives: Int) -> (negative: Double, positive: Double)? {
        guard classWeight == .balanced else { return nil }
        return (Double(rows) / (2 * Double(rows - positives)), Double(rows) / (2 * Double(positives)))
    }
}
