import Foundation
import Learning
import Testing

@Suite struct MetricsTests {
    private let table = SampleTable.gappy(symbols: 5, days: 400, lookAhead: 1, seed: 17)

    @Test func figuresOfEachSymbolAreThoseOfItsRows() throws {
        let fitted = try table.fit()
        let cut = dayNumber(fitted.report.splitTime!)!
        for entity in try #require(fitted.report.entities) {
            let rows = table.dates.indices.filter { table.dates[$0]! >= cut && table.symbols[$0] == entity.entity }
            try expect(entity.metrics, rows, fitted)
        }
        try expect(try #require(fitted.report.testMetrics), table.dates.indices.filter { table.dates[$0]! >= cut }, fitted)
        #expect(fitted.report.entities?.count == 5)
    }

    @Test func theMajorityIsThatOfTheTrainingRows() throws {
        var shifted = table
        let cut = dayNumber(try table.fit().report.splitTime!)!
        for row in table.dates.indices { shifted.targets[row] = (row % 4 == 0) == (table.dates[row]! < cut) }
        let report = try shifted.fit().report
        let test = try #require(report.testMetrics)
        #expect(report.trainMetrics.majorityAccuracy > 0.7 && test.majorityAccuracy < 0.3)
        #expect(abs(test.majorityAccuracy - (1 - test.baseRate)) < 1e-12)
    }

    @Test func theCalibrationTableHoldsAllRowsInRisingBins() throws {
        let metrics = try #require(try table.fit().report.testMetrics)
        let bins = try #require(metrics.calibrationTable)
        #expect(bins.count == 10 && bins.reduce(0) { $0 + $1.rows } == metrics.rows)
        #expect(bins.allSatisfy { $0.lowest <= $0.meanProbability && $0.meanProbability <= $0.highest })
        #expect(bins.allSatisfy { abs($0.rows - metrics.rows / 10) <= 3 })
        #expect(zip(bins, bins.dropFirst()).allSatisfy { $0.highest < $1.lowest })
        let positives = bins.reduce(0) { $0 + $1.positiveShare * Double($1.rows) }
        #expect(abs(positives - metrics.baseRate * Double(metrics.rows)) < 1e-9)
    }

    @Test func rowsOfOneProbabilityShareABin() throws {
        var constant = table
        for feature in constant.features.indices { constant.features[feature] = constant.features[feature].map { _ in 1 } }
        #expect(try constant.fit().report.testMetrics?.calibrationTable?.count == 1)
    }

    @Test func withoutASplitFiguresAreSaidToBeThoseOfTheTrainingRows() throws {
        let report = try table.fit(fraction: nil).report
        #expect(!report.judgement.isHeldOut && report.entities == nil)
        #expect(report.warnings.contains { $0.hasPrefix("it has no split, so its figures are those of the rows it was fitted to") })
        #expect(try table.fit().report.judgement.isHeldOut)
    }

    @Test func aReportOfAnEarlierReleaseIsRead() throws {
        let old = """
            {"gradientSize": 1e-9, "iterations": 3, "splitTime": "2010-12-09", "warnings": [], "rows": {"purged": 4, "test": 2, \
            "testPositives": 1, "train": 9, "trainPositives": 4, "unusable": {"byColumn": {}, "total": 0}}, "trainMetrics": \
            {"accuracy": 0.5, "areaUnderCurve": 0.5, "baseRate": 0.5, "brierScore": 0.25, "logLoss": 0.7, "majorityAccuracy": 0.5, "rows": 9}}
            """
        let report = try JSONDecoder().decode(TrainingReport.self, from: Data(old.utf8))
        #expect(report.folds == nil && report.trainMetrics.balancedAccuracy == nil && report.rows.calibration == nil)
        let logistic = #"{"inverseRegularization": 1, "maximumIterations": 100, "penalty": "l2", "threshold": 0.5, "tolerance": 1e-8}"#
        #expect(try JSONDecoder().decode(LogisticParameters.self, from: Data(logistic.utf8)) == LogisticParameters())
    }

    private func expect(_ metrics: Metrics, _ rows: [Int], _ fitted: TrainedModel) throws {
        let scored = try rows.map { row in
            (probability: try fitted.classifier.probability(ofRow: table.features.map { $0[row]! }), isOne: table.targets[row]!)
        }
        let (ones, zeros) = (scored.filter(\.isOne).map(\.probability), scored.filter { !$0.isOne }.map(\.probability))
        let hits = (ones.count { $0 >= 0.5 }, zeros.count { $0 < 0.5 })
        let wins = ones.reduce(0.0) { sum, one in zeros.reduce(sum) { $0 + (one > $1 ? 1 : one == $1 ? 0.5 : 0) } }
        let loss = ones.reduce(0) { $0 - log($1) } + zeros.reduce(0) { $0 - log(1 - $1) }
        #expect(metrics.rows == rows.count && metrics.accuracy == Double(hits.0 + hits.1) / Double(rows.count))
        let shares = (Double(hits.0) / Double(ones.count), Double(hits.1) / Double(zeros.count))
        #expect(metrics.balancedAccuracy == (shares.0 + shares.1) / 2)
        #expect(abs(metrics.areaUnderCurve! - wins / Double(ones.count * zeros.count)) < 1e-12)
        #expect(abs(metrics.logLoss - loss / Double(rows.count)) < 1e-12)
    }
}
