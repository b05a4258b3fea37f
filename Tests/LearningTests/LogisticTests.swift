import Foundation
import Testing

@testable import Learning

@Suite struct LogisticTests {
    @Test func exponentialIsWithinOneUnitInTheLastPlace() {
        var numbers = SeededNumbers(seed: 21)
        for _ in 0..<20_000 {
            let x = Double.random(in: -699...699, using: &numbers)
            let expected = Foundation.exp(x)
            #expect(abs(exponential(SIMD4(repeating: x))[0] - expected) <= expected.ulp * 1.5)
        }
    }

    @Test func fitEndsWhereTheGradientVanishes() throws {
        let fitted = try SampleTable.random(entities: 10, days: 200, seed: 2).fit()
        #expect(fitted.report.gradientSize! <= 1e-8 && fitted.report.iterations! > 0)
    }

    @Test func collinearFeaturesShareTheirEffectUnderThePenaltyAndAreNamed() throws {
        let fitted = try doubled(SampleTable.random(entities: 5, days: 200, featureCount: 2, seed: 4)).fit()
        #expect(abs(fitted.model.coefficients[0] - fitted.model.coefficients[1]) < 1e-9)
        #expect(
            fitted.report.warnings == [
                "feature f1 is made up of f0, so they share one effect, and no coefficient alone means anything; leave f1 out"
            ])
    }

    @Test func everyCollinearFeatureIsNamedBesideConstantOnes() throws {
        var table = SampleTable.random(entities: 5, days: 200, featureCount: 6, seed: 4)
        table.features[1] = table.features[1].map { _ in 7 }
        for row in table.dates.indices {
            table.features[3][row] = table.features[0][row]! - 2 * table.features[2][row]!
            table.features[5][row] = 1e9 * table.features[4][row]! + 1e9
        }
        let warnings = try table.fit().report.warnings.map { $0.prefix { $0 != "," } }
        #expect(
            warnings == [
                "feature f1 has one value in all training rows", "feature f3 is made up of f0", "feature f5 is made up of f4",
            ])
    }

    @Test func featuresThatOnlyMoveTogetherAreNotCalledCollinear() throws {
        var table = SampleTable.random(entities: 5, days: 200, featureCount: 2, seed: 4)
        for row in table.dates.indices { table.features[1][row] = table.features[0][row]! + table.features[1][row]! * 1e-4 }
        #expect(try table.fit().report.warnings.isEmpty)
    }

    @Test func featuresOfAnySizeConvergeWithoutStandardising() throws {
        var table = SampleTable.random(entities: 5, days: 200, seed: 4)
        table.features[0] = table.features[0].map { $0! * 1e9 }
        table.features[1] = table.features[1].map { $0! * 1e-6 }
        var logistic = LogisticParameters()
        logistic.standardize = false
        #expect(try table.fit(logistic: logistic).report.gradientSize! <= 1e-8)
    }

    @Test func collinearFeaturesWithoutAPenaltyAreNamed() throws {
        var logistic = LogisticParameters()
        logistic.penalty = .none
        let text = "feature f1 is made up of f0, so a fit without a penalty has no single answer; leave f1 out or use penalty = l2"
        #expect(throws: LearningFault(text)) {
            try doubled(SampleTable.random(entities: 5, days: 200, featureCount: 2, seed: 4)).fit(logistic: logistic)
        }
    }

    @Test(arguments: [LogisticParameters.Penalty.l2, .none])
    func constantFeatureHasNoEffectAndAWarning(penalty: LogisticParameters.Penalty) throws {
        var table = SampleTable.random(entities: 5, days: 200, seed: 6)
        table.features[1] = table.features[1].map { _ in 0.1 }
        var logistic = LogisticParameters()
        logistic.penalty = penalty
        let fitted = try table.fit(logistic: logistic)
        #expect(abs(fitted.model.coefficients[1]) < 1e-9 && fitted.model.scales[1] == 1)
        #expect(fitted.report.warnings == ["feature f1 has one value in all training rows, so it has no effect; leave it out"])
    }

    @Test func separableClassesWithoutAPenaltyHaveNoAnswer() throws {
        var table = SampleTable.random(entities: 2, days: 100, seed: 8)
        for row in table.dates.indices { table.targets[row] = table.features[0][row]! > 0 }
        var logistic = LogisticParameters()
        logistic.penalty = .none
        let separable = table
        let fault = #expect(throws: LearningFault.self) { try separable.fit(logistic: logistic) }
        #expect(fault?.description.contains("penalty = l2") == true)
    }

    @Test func tooFewIterationsGiveAdvice() throws {
        var logistic = LogisticParameters()
        logistic.maximumIterations = 1
        let fault = #expect(throws: LearningFault.self) {
            try SampleTable.random(entities: 5, days: 200, seed: 6).fit(logistic: logistic)
        }
        let text = fault?.description ?? ""
        #expect(text.contains("raise max_iterations") && text.hasPrefix("logistic regression has not converged: after 1 iteration"))
        #expect(text.contains(/gradient is [0-9.e-]{1,9}, above the tolerance 1e-08;/))
    }

    @Test func aToleranceBelowRoundingIsToBeRaised() throws {
        var logistic = LogisticParameters()
        logistic.tolerance = 1e-300
        let fault = #expect(throws: LearningFault.self) {
            try SampleTable.random(entities: 5, days: 200, seed: 6).fit(logistic: logistic)
        }
        #expect(fault?.description.hasSuffix("above the tolerance 1e-300; doubles come no nearer; raise tolerance") == true)
    }

    @Test func hugeFeaturesStillGiveAProbability() {
        let model = LogisticModel(features: ["a", "b"], means: [0, 0], scales: [0.1, 0.1], coefficients: [5, -5], intercept: 0)
        let largest = Double.greatestFiniteMagnitude
        #expect(model.probability(of: [largest, largest]) == 0.5)
        #expect(model.probability(of: [largest, 0]) == 1)
        #expect(model.probability(of: [-largest, 0]) < 1e-300)
    }

    @Test func hugeFeaturesInTheTestRowsStillGiveMetrics() throws {
        var table = SampleTable.random(entities: 2, days: 100, seed: 6)
        for (feature, value) in [1.7e308, -1.7e308, 1.7e308].enumerated() { table.features[feature][99] = value }
        #expect(try table.fit().report.testMetrics?.logLoss.isFinite == true)
    }

    @Test func aRowHasTheSameProbabilityAloneAndAmongMany() throws {
        let table = SampleTable.random(entities: 5, days: 200, seed: 12)
        let fitted = try table.fit(fraction: nil)
        let squares = table.dates.indices.map { row in
            let probability = fitted.model.probability(of: table.features.map { $0[row]! })
            return (probability - (table.targets[row]! ? 1 : 0)) * (probability - (table.targets[row]! ? 1 : 0))
        }
        #expect(fitted.report.trainMetrics.brierScore == squares.reduce(0, +) / 1000)
    }

    private func doubled(_ table: SampleTable) -> SampleTable {
        var table = table
        table.features[1] = table.features[0].map { $0! * 3 + 1 }
        return table
    }
}
