/// Fits a model to each window of a walk through time and judges it on the dates after; the model that is kept is fitted to the last
/// window there is, which ends with the newest rows.
struct WalkForwardTraining: Sendable {
    let samples: SampleGathering
    let specification: TrainingSpecification
    let walk: WalkForward
    let threads: Int
    let memoryBudget: Int

    func train() throws -> TrainedModel {
        let dates = try TradingDates(spool: samples.spool, timeType: samples.timeType, threads: threads)
        let folds = WalkForwardFolds(dates: dates, walk: walk)
        var journal = try FoldJournal(folder: samples.spool.folder, memoryBudget: memoryBudget / 4, threads: threads)
        let all = try folds.all()
        for (index, fold) in all.enumerated() {
            do {
                try self.judge(fold, dates, &journal)
            } catch let fault as LearningFault {
                throw LearningFault("fold \(index + 1) of \(all.count), tested from \(dates.name(of: fold.testDates.lowerBound)): \(fault)")
            }
        }
        return try finish(folds.final, splitTime: samples.describe(all[0].bounds.testStart!), journal)
    }

    private func judge(_ fold: WalkForwardFolds.Fold, _ dates: TradingDates, _ journal: inout FoldJournal) throws {
        let part = try part(fold.bounds)
        let fitted = try ModelFitting(specification: specification, threads: threads).fit(part.spool, part.roles)
        let examined = try Examination(spool: part.spool, roles: part.roles, threads: threads, includesTraining: false).examine(fitted)
        let report = FoldReport(
            trainStart: dates.name(of: fold.trainDates.lowerBound), trainEnd: dates.name(of: fold.trainDates.upperBound),
            testStart: dates.name(of: fold.testDates.lowerBound), testEnd: dates.name(of: fold.testDates.upperBound),
            trainRows: part.counts.train, purgedRows: part.counts.purged, metrics: try examined.test!.metrics(hasTable: false))
        try journal.append(report, examined, warnings: fitted.warnings)
    }

    private typealias Part = (spool: SampleSpool, bounds: FoldBounds, roles: [ChunkRoles], counts: RowCounts)

    private func part(_ window: FoldBounds) throws -> Part {
        let spool = try FoldExtraction(source: samples.spool, memoryBudget: memoryBudget * 3 / 4).rows(within: window)
        let bounds = try window.calibrating(specification, spool, threads: threads)
        let roles = try RolePartition(spool: spool, threads: threads).apply(bounds)
        let counts = RowCounts(roles: roles, unusable: samples.unusable)
        try specification.check(counts)
        return (spool, bounds, roles, counts)
    }

    private func finish(_ window: FoldBounds, splitTime: String, _ journal: FoldJournal) throws -> TrainedModel {
        let part = try part(window)
        let fitted = try ModelFitting(specification: specification, threads: threads).fit(part.spool, part.roles)
        let examined = try Examination(spool: part.spool, roles: part.roles, threads: threads).examine(fitted)
        let test = try journal.pooled().metrics(hasTable: true)
        var report = TrainingReport(
            rows: RowCounts(part.counts, test: journal.sums, purged: journal.purged, unusable: samples.unusable), splitTime: splitTime,
            trainMetrics: try examined.train.metrics(hasTable: true), testMetrics: test, iterations: fitted.solution?.iterations,
            gradientSize: fitted.solution?.gradientSize, warnings: journal.warnings(beside: fitted.warnings, test))
        report.folds = journal.folds
        report.entities = try journal.entityReports()
        report.calibration = fitted.report(
            specification, start: part.bounds.calibrationStart.map { samples.describe($0) }, rows: part.counts.calibration,
            uncalibratedLogLoss: journal.uncalibratedLogLoss)
        return TrainedModel(classifier: fitted.model, report: report, featureTypes: samples.featureTypes)
    }
}
