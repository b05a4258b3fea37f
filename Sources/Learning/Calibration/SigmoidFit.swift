import Foundation

/// Fits the logistic curve over log odds by Newton's method, with Platt's targets instead of 0 and 1, which keep it from certainty
/// where there are few rows.
struct SigmoidFit {
    /// Loss, gradient and curvature in slope and intercept.
    private struct Sums: Sendable {
        var loss = 0.0
        var gradient = (slope: 0.0, intercept: 0.0)
        var curvature = (slope: 0.0, both: 0.0, intercept: 0.0)

        mutating func add(_ other: Sums) {
            loss += other.loss
            gradient = (gradient.slope + other.gradient.slope, gradient.intercept + other.gradient.intercept)
            curvature = (
                curvature.slope + other.curvature.slope, curvature.both + other.curvature.both,
                curvature.intercept + other.curvature.intercept
            )
        }
    }

    private static let iterations = 100
    private static let halvings = 40
    private static let tolerance = 1e-10
    /// Log odds beyond give a probability of 0 or 1 whatever the curve.
    private static let bound = 700.0

    /// Scored with log odds.
    let rows: CalibrationRows

    func fit() throws -> Calibration {
        let (positives, negatives) = (Double(rows.positives), Double(rows.count - rows.positives))
        var point = (slope: 0.0, intercept: log((positives + 1) / (negatives + 1)))
        var sums = try sums(at: point)
        for _ in 0..<Self.iterations {
            let size = max(abs(sums.gradient.slope), abs(sums.gradient.intercept)) / Double(rows.count)
            guard size > Self.tolerance, let next = try search(from: point, sums) else { break }
            (point, sums) = next
        }
        return .sigmoid(slope: point.slope, intercept: point.intercept)
    }

    private typealias Point = (slope: Double, intercept: Double)

    /// The first of full, half, quarter… Newton steps that lowers the loss; nil when none does, which rounding allows only at the end.
    private func search(from point: Point, _ sums: Sums) throws -> (Point, Sums)? {
        let step = step(sums)
        var length = 1.0
        for _ in 0..<Self.halvings {
            let next = (slope: point.slope - length * step.slope, intercept: point.intercept - length * step.intercept)
            let found = try self.sums(at: next)
            if found.loss < sums.loss { return (next, found) }
            length /= 2
        }
        return nil
    }

    /// Without spread among the scores no slope can be told: it stays.
    private func step(_ sums: Sums) -> Point {
        let (curvature, gradient) = (sums.curvature, sums.gradient)
        let rest = curvature.slope - curvature.both / curvature.intercept * curvature.both
        guard rest > 1e-12 * curvature.slope else { return (0, gradient.intercept / curvature.intercept) }
        let slope = (gradient.slope - curvature.both / curvature.intercept * gradient.intercept) / rest
        return (slope, (gradient.intercept - curvature.both * slope) / curvature.intercept)
    }

    private func sums(at point: Point) throws -> Sums {
        let (positives, negatives) = (Double(rows.positives), Double(rows.count - rows.positives))
        let targets = (positive: (positives + 1) / (positives + 2), negative: 1 / (negatives + 2))
        let parts = try rows.map { scores, labels in
            var sums = Sums()
            for (score, label) in zip(scores, labels) {
                let odds = min(max(score, -Self.bound), Self.bound)
                let target = label == 1 ? targets.positive : targets.negative
                let margin = point.slope * odds + point.intercept
                let curve = LogisticCurve(margin: SIMD4(repeating: margin))
                let (residual, slope) = (curve.probability[0] - target, curve.slope[0])
                sums.loss += max(margin, 0) - target * margin + log(curve.lossFactor[0])
                sums.gradient = (sums.gradient.slope + residual * odds, sums.gradient.intercept + residual)
                sums.curvature.slope += slope * odds * odds
                sums.curvature.both += slope * odds
                sums.curvature.intercept += slope
            }
            return sums
        }
        return parts.reduce(into: Sums()) { $0.add($1) }
    }
}
