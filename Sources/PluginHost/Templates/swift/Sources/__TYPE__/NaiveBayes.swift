import Foundation
import TickbookPlugin

/// Naive Bayes with normally distributed features.
public struct NaiveBayes: Model {
    public static let name = "__NAME___bayes"
    public static let documentation = """
        Naive Bayes: each feature is normally distributed for either label, and independent of the others.
        Parameters: smoothing, the share of a feature's variance over all rows that is added to that of either label.
        Method: means and variances by Welford's recurrence, in one pass over the rows.
        """
    public static let parameters = [Parameter.double("smoothing", default: 1e-9, minimum: 0, maximum: 1)]

    /// The logarithm of how much more often the label is 1 than 0.
    private let prior: Double
    private let features: [Feature]

    /// Of one feature, by label, the mean and the variance.
    private struct Feature {
        let means: [Double]
        let variances: [Double]

        /// How much more likely 1 is than 0 at this value, as a logarithm.
        func evidence(_ value: Double) -> Double { density(value, 1) - density(value, 0) }

        private func density(_ value: Double, _ label: Int) -> Double {
            let distance = value - means[label]
            return -0.5 * (log(variances[label]) + distance * distance / variances[label])
        }
    }

    /// The mean of values and the sum of squared deviations from it, so far.
    private struct Moments {
        var count = 0.0
        var mean = 0.0
        var squares = 0.0
        var variance: Double { squares / max(1, count) }

        mutating func take(_ value: Double) {
            count += 1
            let distance = value - mean
            mean += distance / count
            squares += distance * (value - mean)
        }
    }

    public static func fit(_ samples: Samples, _ values: Arguments) throws -> NaiveBayes {
        var byLabel = [[Moments]](repeating: [Moments](repeating: Moments(), count: samples.featureNames.count), count: 2)
        var all = byLabel[0]
        var counts = [0.0, 0.0]
        try samples.forEachBlock { columns, labels in
            for row in labels.indices {
                counts[Int(labels[row])] += 1
                for (feature, column) in columns.enumerated() {
                    byLabel[Int(labels[row])][feature].take(column[row])
                    all[feature].take(column[row])
                }
            }
        }
        let features = all.indices.map { feature in
            // No variance is 0, however equal the values.
            let added = values.double("smoothing") * all[feature].variance + Double.leastNormalMagnitude
            return Feature(means: byLabel.map { $0[feature].mean }, variances: byLabel.map { $0[feature].variance + added })
        }
        return NaiveBayes(prior: log(counts[1] / counts[0]), features: features)
    }

    private init(prior: Double, features: [Feature]) {
        self.prior = prior
        self.features = features
    }

    public var numbers: [Double] { [prior] + features.flatMap { $0.means + $0.variances } }

    public init(numbers: [Double], featureCount: Int) throws {
        guard numbers.count == 1 + 4 * featureCount else {
            throw PluginError("\(numbers.count) numbers are no model of \(featureCount) features")
        }
        prior = numbers[0]
        features = (0..<featureCount).map { feature in
            let values = Array(numbers[(1 + 4 * feature)..<(5 + 4 * feature)])
            return Feature(means: Array(values[..<2]), variances: Array(values[2...]))
        }
    }

    public func predict(_ columns: [UnsafeBufferPointer<Double>], into probabilities: UnsafeMutableBufferPointer<Double>) {
        for row in probabilities.indices {
            var odds = prior
            for (feature, column) in zip(features, columns) { odds += feature.evidence(column[row]) }
            // Features that contradict each other beyond all bounds tell nothing.
            probabilities[row] = odds.isNaN ? 0.5 : 1 / (1 + exp(-odds))
        }
    }
}
