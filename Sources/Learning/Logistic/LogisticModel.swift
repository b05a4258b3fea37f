/// A fitted logistic regression: all that a prediction needs.
package struct LogisticModel: Sendable, Hashable, Codable {
    package let features: [String]
    /// Mean of each feature over the training rows.
    package let means: [Double]
    /// Population standard deviation of each feature over the training rows; 1 for a constant feature.
    package let scales: [Double]
    /// Coefficients on the standardised features.
    package let coefficients: [Double]
    package let intercept: Double
    /// The probability from which a row is predicted as 1.
    package let threshold: Double

    package init(
        features: [String], means: [Double], scales: [Double], coefficients: [Double], intercept: Double, threshold: Double = 0.5
    ) {
        self.features = features
        self.means = means
        self.scales = scales
        self.coefficients = coefficients
        self.intercept = intercept
        self.threshold = threshold
    }

    /// Every list has one finite number per feature and every scale is above 0.
    package var isWellFormed: Bool {
        let counts = [means.count, scales.count, coefficients.count]
        return !features.isEmpty && Set(features).count == features.count && counts.allSatisfy { $0 == features.count }
            && (means + scales + coefficients + [intercept, threshold]).allSatisfy(\.isFinite) && scales.allSatisfy { $0 > 0 }
    }

    /// The probability of 1 for finite `features` in the model's order; within 0...1 and never NaN, however large they are.
    package func probability(of features: [Double]) -> Double {
        precondition(features.count == means.count)
        return features.withUnsafeBufferPointer(probability(of:))
    }

    package func probability(of features: UnsafeBufferPointer<Double>) -> Double {
        var margin = intercept
        for index in 0..<means.count { margin += (features[index] - means[index]) * (coefficients[index] / scales[index]) }
        if !margin.isFinite { margin = boundedMargin(of: features) }
        return LogisticCurve(margin: SIMD4(repeating: margin)).probability[0]
    }

    package func predicts(_ probability: Double) -> Int { probability >= threshold ? 1 : 0 }

    /// The margin of features so large that a term overflows: terms are held to a size whose sum stays finite.
    func boundedMargin(of features: some RandomAccessCollection<Double>) -> Double {
        var margin = intercept
        for (index, feature) in features.enumerated() where coefficients[index] != 0 {
            let term = (feature / 2 - means[index] / 2) * (coefficients[index] / scales[index]) * 2
            margin += min(max(term, -1e290), 1e290)
        }
        return margin
    }
}

/// The logistic function at four margins, and what a fit needs beside it.
struct LogisticCurve {
    /// `1 / (1 + e^-margin)`.
    let probability: SIMD4<Double>
    /// The derivative of the probability: `p · (1 - p)`.
    let slope: SIMD4<Double>
    /// `1 + e^-|margin|`, whose logarithm is the part of the loss that does not depend on the label.
    let lossFactor: SIMD4<Double>

    @inline(__always)
    init(margin: SIMD4<Double>) {
        let isNegative = margin .< 0
        let small = exponential((-margin).replacing(with: margin, where: isNegative))
        lossFactor = small + 1
        let large = 1 / lossFactor
        let rest = small * large
        probability = large.replacing(with: rest, where: isNegative)
        slope = rest * large
    }
}
