import Foundation
import Learning
import Testing

@Suite struct CalibrationTests {
    private let table = SampleTable.gappy(symbols: 5, days: 600, lookAhead: 2, seed: 23)

    @Test(arguments: [CalibrationParameters.Method.sigmoid, .isotonic])
    func changingRowsOfTheCalibrationLeavesTheFitAlone(method: CalibrationParameters.Method) throws {
        let fitted = try table.fit(calibration: CalibrationParameters(method: method))
        let (start, cut) = (dayNumber(fitted.report.calibration!.start)!, dayNumber(fitted.report.splitTime!)!)
        var changed = table
        for row in table.dates.indices where table.dates[row]! >= start && table.dates[row]! < cut { changed.targets[row]!.toggle() }
        let other = try changed.fit(calibration: CalibrationParameters(method: method))
        #expect(other.report.calibration?.uncalibratedLogLoss == fitted.report.calibration?.uncalibratedLogLoss)
        #expect(other.report.trainMetrics.logLoss != fitted.report.trainMetrics.logLoss)
        #expect(other.report.iterations == fitted.report.iterations && other.report.gradientSize == fitted.report.gradientSize)
    }

    @Test func aSigmoidOverALogisticRegressionIsOne() throws {
        #expect(try table.fit(calibration: CalibrationParameters(method: .sigmoid)).classifier is LogisticModel)
    }

    @Test func fewRowsForAnIsotonicCurveGiveAWarning() throws {
        let report = try table.fit(calibration: CalibrationParameters(method: .isotonic)).report
        let rows = try #require(report.rows.calibration)
        #expect(rows < 1000)
        #expect(report.warnings.contains { $0.hasPrefix("isotonic calibration has only \(rows) rows") })
    }

    @Test func aCalibrationThatHarmsGivesAWarning() throws {
        var table = SampleTable.gappy(symbols: 5, days: 600, lookAhead: 1, seed: 3)
        for row in table.dates.indices where (300..<480).contains(table.dates[row]!) { table.targets[row]!.toggle() }
        let report = try table.fit(calibration: CalibrationParameters(method: .sigmoid, share: 0.3)).report
        #expect(report.calibration!.slope! < 0)
        #expect(report.warnings.contains { $0.hasPrefix("calibration raised the log loss of the test rows from 0.") })
        #expect(report.warnings.contains { $0.contains("turned them around") })
    }

    @Test func rowsOfOneClassCannotCalibrate() throws {
        var table = table
        for row in table.dates.indices where (350..<480).contains(table.dates[row]!) { table.targets[row] = true }
        let failing = table
        let fault = #expect(throws: LearningFault.self) {
            try failing.fit(calibration: CalibrationParameters(method: .sigmoid, share: 0.1))
        }
        #expect(fault?.description.contains("do not have both classes") == true)
    }

    @Test func rowsWhoseLabelsAllReachIntoTheTestDatesCannotCalibrate() {
        let fault = #expect(throws: LearningFault.self) {
            try SampleTable.gappy(symbols: 3, days: 600, lookAhead: 60, seed: 7)
                .fit(calibration: CalibrationParameters(method: .sigmoid, share: 0.01))
        }
        #expect(fault?.description == "calibrate has no rows, since all are purged; take a larger share, more data, or leave calibrate out")
    }

    @Test func aCalibratedModelIsKeptWhole() throws {
        let root = NSTemporaryDirectory() + "/calibrated-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: root) }
        let fitted = try table.fit(calibration: CalibrationParameters(method: .isotonic))
        let specification = TrainingSpecification(
            features: table.names, target: "up", time: "date", calibration: CalibrationParameters(method: .isotonic))
        let metadata = ModelMetadata(
            name: "m", trained: fitted, specification: specification, target: "up", inputVersions: [:], definitionHash: "abc",
            engine: "duckdb 2.0.0", libraryVersion: "1.0.0", created: "2013-03-01T00:00:00Z")
        let registry = ModelRegistry(root: root)
        _ = try registry.save(fitted.classifier, metadata)
        let loaded = try registry.load("m")
        #expect(loaded.metadata == metadata)
        for row in stride(from: 0, to: table.dates.count, by: 50) {
            let values = table.features.map { $0[row]! }
            #expect(try loaded.classifier.probability(ofRow: values) == fitted.classifier.probability(ofRow: values))
        }
    }
}
