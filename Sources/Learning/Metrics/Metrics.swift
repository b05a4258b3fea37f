/// How well a model's probabilities meet the labels of some rows; fractions are within 0...1.
package struct Metrics: Sendable, Hashable, Codable {
    package let rows: Int
    package let accuracy: Double
    /// Mean of the two classes' shares of rows predicted right; nil when only one class is there, and in models of earlier releases.
    package let balancedAccuracy: Double?
    /// Mean of `-ln(probability given to the row's label)`.
    package let logLoss: Double
    /// Area under the ROC curve, ties counted half; nil when only one class is there.
    package let areaUnderCurve: Double?
    /// Mean squared distance of probability and label.
    package let brierScore: Double
    /// Share of rows with label 1.
    package let baseRate: Double
    /// Accuracy, on these rows, of always predicting the more frequent class of the training rows.
    package let majorityAccuracy: Double
    /// Probabilities beside what came true; only for all rows of a role together.
    package let calibrationTable: [CalibrationBin]?
}

/// Rows of neighbouring probabilities, and how often the target came true among them.
package struct CalibrationBin: Sendable, Hashable, Codable {
    package let rows: Int
    package let lowest: Double
    package let highest: Double
    package let meanProbability: Double
    package let positiveShare: Double
}

extension Metrics {
    init(_ sums: ScoreSums, areaUnderCurve: Double?, calibrationTable: [CalibrationBin]?) {
        let count = Double(sums.rows)
        let negatives = sums.rows - sums.positives
        let shares = (Double(sums.truePositives) / Double(sums.positives), Double(sums.correct - sums.truePositives) / Double(negatives))
        self.init(
            rows: sums.rows, accuracy: Double(sums.correct) / count,
            balancedAccuracy: sums.positives > 0 && negatives > 0 ? (shares.0 + shares.1) / 2 : nil, logLoss: sums.loss / count,
            areaUnderCurve: areaUnderCurve, brierScore: sums.squares / count, baseRate: Double(sums.positives) / count,
            majorityAccuracy: Double(sums.majorityCorrect) / count, calibrationTable: calibrationTable)
    }
}
