import Columnar
import Foundation
import Testing

@testable import Learning

@Suite struct WalkForwardTests {
    /// Windows, periods, steps, embargos and look-aheads of many kinds, over symbols with gaps of their own.
    @Test(arguments: 1...30 as ClosedRange<UInt64>)
    func noTrainingLabelMeetsATestLabel(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        let test = Int.random(in: 1...20, using: &numbers)
        let walk = WalkForward(
            train: Int.random(in: 5...40, using: &numbers), test: test, step: test + Int.random(in: 0...5, using: &numbers),
            embargo: Int.random(in: 0...6, using: &numbers), expanding: Bool.random(using: &numbers))
        let table = SampleTable.gappy(symbols: 4, days: 160, lookAhead: Int.random(in: 0...7, using: &numbers), seed: seed)
        let spool = try table.spool()
        let dates = try TradingDates(spool: spool, timeType: .date, threads: 2)
        for fold in try WalkForwardFolds(dates: dates, walk: walk).all() {
            let calibrated = calibrating(fold.bounds, share: 0.3, dates)
            for bounds in [fold.bounds, calibrated] { try expectApart(table, bounds, embargo: walk.embargo) }
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func noTrainingLabelMeetsATestLabelOfASplit(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        let embargo = Int.random(in: 0...5, using: &numbers)
        let table = SampleTable.gappy(symbols: 3, days: 90, lookAhead: Int.random(in: 0...5, using: &numbers), seed: seed)
        let report = try table.fit(split: .share(train: 0.7, embargo: embargo)).report
        let cut = dayNumber(report.splitTime!)!
        let days = Set(table.dates.map { $0! }).sorted()
        let trainEnd = days[days.firstIndex(of: cut)! - embargo]
        let bounds = FoldBounds(trainEnd: Int64(trainEnd), testStart: Int64(cut))
        try expectApart(table, bounds, embargo: embargo)
        #expect(report.rows.train == table.dates.indices.count { table.labelEnds[$0]! < trainEnd })
        #expect(report.rows.test == table.dates.count { $0! >= cut })
        #expect(report.rows.train + report.rows.test + report.rows.purged == table.dates.count)
    }

    @Test(arguments: [0, 3], [false, true])
    func foldsAreThoseOfTheirDefinition(embargo: Int, expanding: Bool) throws {
        let table = SampleTable.gappy(symbols: 4, days: 150, lookAhead: 2, seed: 5)
        let walk = WalkForward(train: 60, test: 20, step: 25, embargo: embargo, expanding: expanding)
        let folds = try #require(try table.fit(split: .walkForward(walk)).report.folds)
        let days = Set(table.dates.map { $0! }).sorted()
        #expect(folds.count == stride(from: 60 + embargo, to: days.count, by: 25).map { $0 }.count)
        for (fold, start) in zip(folds, stride(from: 60 + embargo, to: days.count, by: 25)) {
            let first = days[expanding ? 0 : start - embargo - 60]
            let (trainEnd, end) = (days[start - embargo], start + 20 < days.count ? days[start + 20] : Int32.max)
            let rows = table.dates.indices.filter { table.dates[$0]! >= first && table.dates[$0]! < end }
            let train = rows.filter { table.labelEnds[$0]! < trainEnd }
            #expect(dayNumber(fold.testStart) == days[start] && dayNumber(fold.trainStart) == first)
            #expect(fold.trainRows == train.count)
            #expect(fold.metrics.rows == rows.count { table.dates[$0]! >= days[start] })
            #expect(fold.purgedRows == rows.count - train.count - fold.metrics.rows)
        }
    }

    @Test func pooledFiguresAreThoseOfAllFolds() throws {
        let report = try SampleTable.gappy(symbols: 4, days: 150, lookAhead: 1, seed: 9)
            .fit(split: .walkForward(WalkForward(train: 50, test: 10))).report
        let (folds, pooled) = (try #require(report.folds), try #require(report.testMetrics))
        let rows = folds.reduce(0) { $0 + $1.metrics.rows }
        #expect(pooled.rows == rows && report.rows.test == rows && report.splitTime == folds[0].testStart)
        for figure in [\Metrics.accuracy, \.logLoss, \.brierScore, \.baseRate, \.majorityAccuracy] as [KeyPath<Metrics, Double>] {
            let mean = folds.reduce(0) { $0 + $1.metrics[keyPath: figure] * Double($1.metrics.rows) } / Double(rows)
            #expect(abs(pooled[keyPath: figure] - mean) < 1e-12)
        }
        let entities = try #require(report.entities)
        #expect(entities.map(\.entity) == ["S0", "S1", "S2", "S3"] && entities.reduce(0) { $0 + $1.metrics.rows } == rows)
        #expect(pooled.calibrationTable?.reduce(0) { $0 + $1.rows } == rows)
    }

    /// The rows of one fold are those of a split at its date.
    @Test func oneFoldIsASplit() throws {
        let table = SampleTable.gappy(symbols: 4, days: 150, lookAhead: 3, seed: 2)
        let split = try table.fit(split: .share(train: 0.6, embargo: 2)).report
        let days = Set(table.dates.map { $0! }).sorted()
        let start = days.firstIndex(of: dayNumber(split.splitTime!)!)!
        let walked = try table.fit(split: .walkForward(WalkForward(train: start - 2, test: days.count, embargo: 2))).report
        let fold = try #require(walked.folds?.first)
        #expect(walked.folds?.count == 1 && fold.trainRows == split.rows.train && fold.purgedRows == split.rows.purged)
        #expect(walked.testMetrics == split.testMetrics)
        #expect(walked.entities?.map(\.metrics) == split.entities?.map(\.metrics))
    }

    /// Days are told from timestamps as they are from dates, before 1970 too.
    @Test func timestampsWalkByTheirDays() throws {
        var table = SampleTable.gappy(symbols: 3, days: 120, lookAhead: 2, seed: 6)
        table.dates = table.dates.map { $0! - 60 }
        table.labelEnds = table.labelEnds.map { $0! - 60 }
        let split = SampleSplit.walkForward(WalkForward(train: 40, test: 20, embargo: 2))
        let daily = try table.fit(split: split).report
        table.timeOfDay = 57_600_000_000
        let timed = try table.fit(split: split).report
        #expect(timed.folds == daily.folds && timed.testMetrics == daily.testMetrics && timed.rows == daily.rows)
        #expect(timed.splitTime?.hasPrefix(daily.splitTime!) == true && timed.splitTime != daily.splitTime)
    }

    @Test func theModelThatIsKeptLearnsFromTheLastWindow() throws {
        let table = SampleTable.gappy(symbols: 3, days: 120, lookAhead: 2, seed: 4)
        let days = Set(table.dates.map { $0! }).sorted()
        var recent = SampleTable(names: table.names)
        for row in table.dates.indices where table.dates[row]! >= days[days.count - 40] {
            recent.symbols.append(table.symbols[row])
            recent.append(
                date: table.dates[row], labelEnd: table.labelEnds[row], target: table.targets[row], table.features.map { $0[row] })
        }
        let walked = try table.fit(split: .walkForward(WalkForward(train: 40, test: 20)))
        #expect(walked.model == (try recent.fit(fraction: nil).model))
    }

    @Test(arguments: [(1, 0), (3, 4 << 20)])
    func threadsAndMemoryDoNotChangeABit(threads: Int, memoryBudget: Int) throws {
        let table = SampleTable.gappy(symbols: 20, days: 1200, lookAhead: 2, seed: 8)
        let split = SampleSplit.walkForward(WalkForward(train: 500, test: 400, expanding: true))
        let calibration = CalibrationParameters(method: .isotonic)
        let fitted = try table.fit(
            split: split, calibration: calibration, batchSizes: [7, 900], threads: threads, memoryBudget: memoryBudget)
        let expected = try table.fit(split: split, calibration: calibration)
        #expect(fitted.report == expected.report)
        #expect(try fitted.classifier.probability(ofRow: [0.1, -0.2, 0.3]) == expected.classifier.probability(ofRow: [0.1, -0.2, 0.3]))
    }

    @Test func tooFewDatesSayHowMany() {
        let table = SampleTable.gappy(symbols: 2, days: 60, lookAhead: 1, seed: 1)
        let fault = #expect(throws: LearningFault.self) { try table.fit(split: .walkForward(WalkForward(train: 80, test: 5, embargo: 2))) }
        let days = Set(table.dates.map { $0! }).count
        let text = "walk_forward needs more than 82 dates (train and embargo), and the usable rows have \(days); take a smaller train"
        #expect(fault?.description.hasPrefix(text) == true, "\(fault?.description ?? "")")
    }

    @Test func aFoldThatFailsIsNamed() {
        var table = SampleTable.gappy(symbols: 2, days: 100, lookAhead: 1, seed: 1)
        for row in table.dates.indices where table.dates[row]! < 45 { table.targets[row] = true }
        let failing = table
        let fault = #expect(throws: LearningFault.self) { try failing.fit(split: .walkForward(WalkForward(train: 20, test: 10))) }
        #expect(fault?.description.hasPrefix("fold 1 of ") == true && fault?.description.contains("needs both classes") == true)
    }

    private func calibrating(_ bounds: FoldBounds, share: Double, _ dates: TradingDates) -> FoldBounds {
        var bounds = bounds
        let (first, end) = (dates.index(of: bounds.start), dates.index(of: bounds.trainEnd!))
        bounds.calibrationStart = dates.start(of: end - Int(Double(end - first) * share) - 1)
        return bounds
    }

    /// No span from a training row to its label's end meets that of a row of another role, and `embargo` dates stand before the test.
    private func expectApart(_ table: SampleTable, _ bounds: FoldBounds, embargo: Int) throws {
        var spans: [RowRole: [ClosedRange<Int32>]] = [:]
        for row in table.dates.indices {
            let (date, end) = (table.dates[row]!, table.labelEnds[row]!)
            spans[bounds.role(time: Int64(date), labelEnd: Int64(end)), default: []].append(date...end)
        }
        let (train, calibration, test) = (spans[.train] ?? [], spans[.calibration] ?? [], spans[.test] ?? [])
        #expect(!test.isEmpty)
        #expect(!train.contains { span in test.contains(where: span.overlaps) })
        #expect(!train.contains { span in calibration.contains(where: span.overlaps) })
        #expect(!calibration.contains { span in test.contains(where: span.overlaps) })
        let last = (train + calibration).map(\.upperBound).max() ?? .min
        let first = Int32(bounds.testStart!)
        #expect(Set(table.dates.map { $0! }.filter { $0 > last && $0 < first }).count >= embargo)
    }
}

extension SampleTable {
    /// Symbols with gaps of their own; each label depends on the row `lookAhead` rows later, so that gaps stretch its span.
    static func gappy(symbols: Int, days: Int, lookAhead: Int, seed: UInt64) -> SampleTable {
        var numbers = SeededNumbers(seed: seed)
        var table = SampleTable(names: ["f0", "f1", "f2"])
        for symbol in 0..<symbols {
            let present = (0..<Int32(days)).filter { _ in Int.random(in: 0..<5, using: &numbers) > 0 }
            for (index, day) in present.enumerated() where index + lookAhead < present.count {
                let values = (0..<3).map { _ in Double.random(in: -2...2, using: &numbers) }
                let target = values[0] + values[1] / 2 + Double.random(in: -3...3, using: &numbers) > 0
                table.symbols.append("S\(symbol)")
                table.append(date: day, labelEnd: present[index + lookAhead], target: target, values)
            }
        }
        return table
    }

    /// The rows' times as a fit keeps them.
    func spool() throws -> SampleSpool {
        let specification = TrainingSpecification(features: names, target: "up", entity: ["symbol"], time: "date")
        let stream = stream()
        var gathering = try SampleGathering(
            schema: stream.schema, specification: specification, spoolFolder: NSTemporaryDirectory(), memoryBudget: 1 << 26,
            checkCancellation: {})
        try gathering.gather(stream)
        return gathering.spool
    }
}
