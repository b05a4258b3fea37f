import Foundation
import Learning
import Testing

/// scikit-learn's answers on real daily prices, made by `Python/record_variants.py`.
private struct RecordedVariants: Decodable {
    struct Variant: Decodable {
        let logLoss, balancedAccuracy, areaUnderCurve: Double
        let testProbabilities: [Double]
    }

    struct Calibrations: Decodable {
        let start: String
        let fitRows, calibrationRows: Int
        let uncalibratedLogLoss: Double
        let sigmoid, isotonic: [Double]
    }

    let unevenRows: Int
    let variants: [String: Variant]
    let calibrations: Calibrations
}

@Suite struct RecordedVariantTests {
    private let samples: SampleTable
    private let answer: RecordedVariants

    init() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Recorded")
        answer = try JSONDecoder().decode(RecordedVariants.self, from: Data(contentsOf: folder.appending(path: "variants.json")))
        samples = try SampleTable(csv: String(contentsOf: folder.appending(path: "samples.csv"), encoding: .utf8))
    }

    @Test func withoutAPenalty() throws { try expect("none", samples) { $0.penalty = .none } }

    @Test func underAStrongPenalty() throws { try expect("strong", samples) { $0.inverseRegularization = 1e-4 } }

    @Test func withThePenaltyOnFeaturesAsTheyAre() throws {
        try expect("raw", samples) {
            $0.inverseRegularization = 1e-3
            $0.standardize = false
        }
    }

    @Test func ofUnevenClasses() throws { try expect("uneven", uneven()) { _ in } }

    @Test func ofUnevenClassesThatWeighTheSame() throws { try expect("balanced", uneven()) { $0.classWeight = .balanced } }

    @Test func calibrationRowsAreTheRecordedOnes() throws {
        let report = try fit(.sigmoid).report
        #expect(report.calibration?.start == answer.calibrations.start)
        #expect(report.rows.train == answer.calibrations.fitRows)
        #expect(report.rows.calibration == answer.calibrations.calibrationRows)
        #expect(abs(report.calibration!.uncalibratedLogLoss! - answer.calibrations.uncalibratedLogLoss) < 1e-9)
    }

    @Test func sigmoidCalibrationIsPlatts() throws { expect(try probabilities(fit(.sigmoid)), answer.calibrations.sigmoid, within: 1e-5) }

    @Test func isotonicCalibrationIsTheRecordedOne() throws {
        expect(try probabilities(fit(.isotonic)), answer.calibrations.isotonic, within: 1e-9)
    }

    private func fit(_ method: CalibrationParameters.Method) throws -> TrainedModel {
        try samples.fit(calibration: CalibrationParameters(method: method))
    }

    private func expect(_ name: String, _ table: SampleTable, _ change: (inout LogisticParameters) -> Void) throws {
        var logistic = LogisticParameters()
        logistic.tolerance = 1e-11
        change(&logistic)
        let fitted = try table.fit(logistic: logistic)
        let (expected, test) = (try #require(answer.variants[name]), try #require(fitted.report.testMetrics))
        expect(try probabilities(fitted), expected.testProbabilities, within: 1e-8)
        #expect(abs(test.logLoss - expected.logLoss) < 1e-8)
        #expect(abs(try #require(test.balancedAccuracy) - expected.balancedAccuracy) < 1e-12)
        #expect(abs(try #require(test.areaUnderCurve) - expected.areaUnderCurve) < 1e-6)
    }

    private func expect(_ values: [Double], _ expected: [Double], within tolerance: Double) {
        #expect(values.count == expected.count)
        let farthest = zip(values, expected).map { abs($0 - $1) }.max() ?? 1
        #expect(farthest < tolerance, "they differ by up to \(farthest)")
    }

    /// Of every 40th test row.
    private func probabilities(_ fitted: TrainedModel) throws -> [Double] {
        let cut = dayNumber(fitted.report.splitTime!)!
        let rows = usable.filter { samples.dates[$0]! >= cut }
        return try stride(from: 0, to: rows.count, by: 40).map { try fitted.classifier.probability(ofRow: values(rows[$0])) }
    }

    private func values(_ row: Int) -> [Double] { samples.features.map { $0[row]! } }

    private var usable: [Int] {
        samples.dates.indices.filter { row in
            samples.targets[row] != nil && samples.labelEnds[row] != nil && samples.features.allSatisfy { $0[row] != nil }
        }
    }

    /// Without three of four training rows that rise.
    private func uneven() throws -> SampleTable {
        let cut = dayNumber(try samples.fit().report.splitTime!)!
        var table = samples
        var rises = 0
        for row in usable where samples.dates[row]! < cut && samples.labelEnds[row]! < cut && samples.targets[row] == true {
            rises += 1
            // A purged row trains nothing, and still counts where the cut is found.
            if rises % 4 != 0 { table.labelEnds[row] = cut }
        }
        return table
    }
}

extension Classifier {
    func probability(ofRow features: [Double]) throws -> Double {
        var result = [0.0]
        try features.withUnsafeBufferPointer { rows in
            try result.withUnsafeMutableBufferPointer { try probabilities(ofRows: rows, into: $0) }
        }
        return result[0]
    }
}
