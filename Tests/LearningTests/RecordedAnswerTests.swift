import Foundation
import Learning
import Testing

/// scikit-learn's answer on real daily prices, made by `Python/record_logistic.py`.
private struct RecordedAnswer: Decodable {
    struct Metrics: Decodable {
        let rows: Int
        let accuracy, logLoss, areaUnderCurve, brierScore, baseRate: Double
    }

    let splitDate: String
    let purged: Int
    let unusable: Int
    let means, scales, coefficients: [Double]
    let intercept: Double
    let train, test: Metrics
    let testProbabilities: [Double]
}

private func close(_ value: Double, _ expected: Double, relative: Double) -> Bool {
    abs(value - expected) <= relative * abs(expected)
}

@Suite struct RecordedAnswerTests {
    private let samples: SampleTable
    private let fitted: TrainedModel
    private let answer: RecordedAnswer

    init() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Recorded")
        answer = try JSONDecoder().decode(RecordedAnswer.self, from: Data(contentsOf: folder.appending(path: "logistic.json")))
        samples = try SampleTable(csv: String(contentsOf: folder.appending(path: "samples.csv"), encoding: .utf8))
        fitted = try samples.fit()
    }

    @Test func splitDateIsTheRecordedOne() { #expect(fitted.report.splitTime == answer.splitDate) }

    @Test func rowCountsAreTheRecordedOnes() {
        let rows = fitted.report.rows
        #expect(rows.train == answer.train.rows)
        #expect(rows.test == answer.test.rows)
        #expect(rows.purged == answer.purged)
        #expect(rows.unusable.total == answer.unusable)
    }

    @Test func standardizationIsTheRecordedOne() {
        #expect(zip(fitted.model.means, answer.means).allSatisfy { close($0, $1, relative: 1e-12) })
        #expect(zip(fitted.model.scales, answer.scales).allSatisfy { close($0, $1, relative: 1e-12) })
    }

    @Test func coefficientsAreTheRecordedOnes() {
        #expect(zip(fitted.model.coefficients, answer.coefficients).allSatisfy { close($0, $1, relative: 1e-6) })
        #expect(close(fitted.model.intercept, answer.intercept, relative: 1e-6))
    }

    @Test func testProbabilitiesAreTheRecordedOnes() {
        let probabilities = testRows().map { fitted.model.probability(of: $0) }
        #expect(probabilities.count == answer.testProbabilities.count)
        #expect(zip(probabilities, answer.testProbabilities).allSatisfy { abs($0 - $1) <= 1e-9 })
    }

    @Test func metricsAreTheRecordedOnes() throws {
        let test = try #require(fitted.report.testMetrics)
        for (metrics, expected) in [(fitted.report.trainMetrics, answer.train), (test, answer.test)] {
            #expect(metrics.accuracy == expected.accuracy)
            #expect(close(metrics.logLoss, expected.logLoss, relative: 1e-9))
            #expect(close(try #require(metrics.areaUnderCurve), expected.areaUnderCurve, relative: 1e-9))
            #expect(close(metrics.brierScore, expected.brierScore, relative: 1e-9))
            #expect(close(metrics.baseRate, expected.baseRate, relative: 1e-12))
        }
    }

    private func testRows() -> [[Double]] {
        let cut = dayNumber(answer.splitDate)!
        return samples.dates.indices.compactMap { row in
            let values = samples.features.compactMap { $0[row] }
            guard samples.dates[row]! >= cut, samples.targets[row] != nil, values.count == samples.names.count else { return nil }
            return values
        }
    }
}
