import Foundation

/// Minimises the mean logistic loss with its penalty by Newton's method with a backtracking line search.
struct NewtonSolver {
    /// A point and the objective there, on standardised features; index 0 is the intercept.
    private struct Step {
        let point: [Double]
        let objective: Double
        let gradient: [Double]
        let curvature: SymmetricMatrix

        var gradientSize: Double { gradient.reduce(0) { max($0, abs($1)) } }
    }

    struct Solution {
        let intercept: Double
        let coefficients: [Double]
        let iterations: Int
        /// The largest partial derivative of the mean objective, by size.
        let gradientSize: Double
        let dependent: [DependentFeature]
    }

    private static let halvings = 40
    /// A mean loss that only rows parted without a miss can have; without a penalty it would fall for ever.
    private static let perfectLoss = 1e-6
    /// Below it rounding may keep a gradient from falling further.
    private static let roundingGradient = 1e-13

    let objective: LogisticObjective
    let scales: [Double]
    let trainRows: Int
    let constantFeatures: [Int]
    let parameters: LogisticParameters
    let featureNames: [String]

    /// Starts from no effect of any feature and the training rows' base rate.
    func solve(positives: Int) throws -> Solution {
        let baseRate = Double(positives) / Double(trainRows)
        let start = [log(baseRate / (1 - baseRate))] + scales.map { _ in 0 }
        var current = try step(to: start)
        let dependent = dependentFeatures(at: current)
        if penaltyWeight == 0, let first = dependent.first { throw collinear(first) }
        var iterations = 0
        while current.gradientSize > parameters.tolerance {
            guard iterations < parameters.maximumIterations, current.gradientSize.isFinite else {
                throw notConverged(iterations, current.gradientSize)
            }
            let direction = try direction(from: current)
            guard let next = try search(from: current, along: direction) else { throw notConverged(iterations, current.gradientSize) }
            current = next
            iterations += 1
            if penaltyWeight == 0, current.objective < Self.perfectLoss { throw separable(iterations) }
        }
        return Solution(
            intercept: current.point[0], coefficients: Array(current.point.dropFirst()), iterations: iterations,
            gradientSize: current.gradientSize, dependent: dependent)
    }

    /// At the start all rows of a class have one curvature, so that of the loss is singular exactly where features make each other up.
    private func dependentFeatures(at start: Step) -> [DependentFeature] {
        var curvature = start.curvature
        for feature in scales.indices { curvature[feature + 1, feature + 1] -= penalties[feature] }
        var dependent: [DependentFeature] = []
        for feature in constantFeatures { fix(feature + 1, in: &curvature) }
        while let row = CholeskyFactor.dependentRow(of: curvature), row.row > 0 {
            dependent.append(dependentFeature(row))
            fix(row.row, in: &curvature)
        }
        return dependent
    }

    /// The penalty's weight in the mean objective.
    private var penaltyWeight: Double {
        parameters.penalty == .l2 ? 1 / (parameters.inverseRegularization * Double(trainRows)) : 0
    }

    /// The penalty's weight for each coefficient of a standardised feature: without `standardize`, that of the feature as it is counts.
    private var penalties: [Double] {
        scales.map { parameters.standardize ? penaltyWeight : penaltyWeight / ($0 * $0) }
    }

    private func step(to point: [Double]) throws -> Step {
        let penalties = penalties
        let slopes = zip(point.dropFirst(), scales).map { $0 / $1 }
        let sums = try objective.derivatives(intercept: point[0], slopes: slopes)
        let (rows, size) = (Double(trainRows), [1] + scales)
        var gradient = sums.gradient
        var curvature = sums.curvature
        var penalty = 0.0
        for row in gradient.indices {
            gradient[row] /= size[row] * rows
            for column in 0...row { curvature[row, column] /= size[row] * size[column] * rows }
            guard row > 0 else { continue }
            gradient[row] += point[row] * penalties[row - 1]
            curvature[row, row] += penalties[row - 1]
            penalty += point[row] * point[row] * (parameters.standardize ? 1 : 1 / (scales[row - 1] * scales[row - 1]))
        }
        return Step(
            point: point, objective: sums.loss / rows + penalty * penaltyWeight / 2, gradient: gradient, curvature: curvature)
    }

    private func direction(from step: Step) throws -> [Double] {
        var curvature = step.curvature
        if penaltyWeight == 0 { for feature in constantFeatures { fix(feature + 1, in: &curvature) } }
        do {
            return try CholeskyFactor(curvature).solve(step.gradient).map { -$0 }
        } catch {
            throw collinear(dependentFeature(error))
        }
    }

    private func dependentFeature(_ row: CholeskyFactor.DependentRow) -> DependentFeature {
        // The intercept is no feature.
        DependentFeature(
            name: row.row > 0 ? featureNames[row.row - 1] : "intercept", on: row.on.filter { $0 > 0 }.map { featureNames[$0 - 1] })
    }

    /// Without a penalty nothing holds the coefficient of a constant feature: it stays where it is, at 0.
    private func fix(_ row: Int, in curvature: inout SymmetricMatrix) {
        for other in 0..<curvature.size { curvature[max(row, other), min(row, other)] = 0 }
        curvature[row, row] = 1
    }

    /// The first of full, half, quarter… steps that lowers the objective enough; nil when none does.
    private func search(from current: Step, along direction: [Double]) throws -> Step? {
        let descent = zip(current.gradient, direction).reduce(0) { $0 + $1.0 * $1.1 }
        let rounding = 1e-14 * abs(current.objective)
        var length = 1.0
        for _ in 0..<Self.halvings {
            let next = try step(to: zip(current.point, direction).map { $0 + length * $1 })
            if next.objective <= current.objective + 1e-4 * length * descent + rounding { return next }
            length /= 2
        }
        return nil
    }

    private func collinear(_ feature: DependentFeature) -> LearningFault {
        LearningFault(
            "\(feature), so a fit without a penalty has no single answer; leave \(feature.name) out or use penalty = l2")
    }

    private func separable(_ iterations: Int) -> LearningFault {
        LearningFault(
            "after \(counted(iterations, "iteration")) the features part the classes of the training rows perfectly, so a fit without a penalty"
                + " has no answer; use penalty = l2, or leave out the feature that gives the target away")
    }

    private func notConverged(_ iterations: Int, _ gradientSize: Double) -> LearningFault {
        let advice =
            gradientSize < Self.roundingGradient
            ? "doubles come no nearer; raise tolerance"
            : "raise max_iterations or tolerance, lower C, or look for extreme values in \(featureNames.joined(separator: ", "))"
        return LearningFault(
            "logistic regression has not converged: after \(counted(iterations, "iteration")) its gradient is \(rounded(gradientSize)), above the"
                + " tolerance \(rounded(parameters.tolerance)); \(advice)")
    }

    private func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    private func rounded(_ number: Double) -> String { String(format: "%.3g", number) }
}

/// A feature that others make up over the training rows.
struct DependentFeature: Sendable, Hashable, CustomStringConvertible {
    let name: String
    let on: [String]

    var description: String {
        on.isEmpty ? "feature \(name) does not vary" : "feature \(name) is made up of \(on.joined(separator: ", "))"
    }
}
