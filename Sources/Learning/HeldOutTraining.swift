/// Fits one model to the earlier rows, all of them without a split, and judges it on the later ones.
struct HeldOutTraining: Sendable {
    let samples: SampleGathering
    let specification: TrainingSpecification
    let threads: Int

    func train() throws -> TrainedModel {
        let bounds = try bounds()
        let roles = try RolePartition(spool: spool, threads: threads).apply(bounds)
        let counts = RowCounts(roles: roles, unusable: samples.unusable)
        try specification.check(counts)
        let fitted = try ModelFitting(specification: specification, threads: threads).fit(spool, roles)
        let examined = try Examination(spool: spool, roles: roles, threads: threads).examine(fitted)
        return TrainedModel(
            classifier: fitted.model, report: try report(bounds, counts, fitted, examined), featureTypes: samples.featureTypes)
    }

    private var spool: SampleSpool { samples.spool }

    private func bounds() throws -> FoldBounds? {
        guard specification.needsLabelEnds else { return nil }
        var bounds = FoldBounds()
        if case .share(let fraction, let embargo) = specification.split {
            guard let cut = try TimeSplit(spool: spool, threads: threads).cut(fraction: fraction) else {
                throw specification.emptyTest(fraction, rows: spool.rowCount)
            }
            (bounds.testStart, bounds.trainEnd) = (cut, embargo == 0 ? cut : try trainEnd(before: cut, embargo))
        }
        return try bounds.calibrating(specification, spool, threads: threads)
    }

    private func trainEnd(before cut: Int64, _ embargo: Int) throws -> Int64 {
        let dates = try TradingDates(spool: spool, timeType: samples.timeType, threads: threads)
        let last = dates.index(of: cut) - embargo
        guard last > 0 else {
            throw LearningFault(
                "an embargo of \(embargo) dates leaves no training rows, since only \(dates.index(of: cut)) dates stand before the split;"
                    + " take a smaller embargo or more data")
        }
        return dates.start(of: last)
    }

    private func report(
        _ bounds: FoldBounds?, _ counts: RowCounts, _ fitted: ModelFitting.Fitted, _ examined: Examination.Result
    ) throws -> TrainingReport {
        let test = try examined.test?.metrics(hasTable: true)
        var report = TrainingReport(
            rows: counts, splitTime: bounds?.testStart.map { samples.describe($0) },
            trainMetrics: try examined.train.metrics(hasTable: true), testMetrics: test,
            iterations: fitted.solution?.iterations, gradientSize: fitted.solution?.gradientSize,
            warnings: (fitted.warnings + warnings(examined, test)).map(\.description))
        report.entities = test == nil ? nil : try examined.entityReports(spool.entities)
        report.calibration = fitted.report(
            specification, start: bounds?.calibrationStart.map { samples.describe($0) }, rows: counts.calibration,
            uncalibratedLogLoss: examined.uncalibratedLogLoss)
        return report
    }

    private func warnings(_ examined: Examination.Result, _ test: Metrics?) -> [FitWarning] {
        guard let test else { return [.noSplit] }
        return FitWarning.worsening(from: examined.uncalibratedLogLoss, to: test.logLoss).map { [$0] } ?? []
    }
}

extension FoldBounds {
    /// With the latest rows before the test period set apart where the model is to be calibrated.
    func calibrating(_ specification: TrainingSpecification, _ spool: SampleSpool, threads: Int) throws -> FoldBounds {
        guard let calibration = specification.calibration else { return self }
        var bounds = self
        bounds.calibrationStart = try TimeSplit(spool: spool, threads: threads, limit: trainEnd).cut(fraction: 1 - calibration.share)
        guard bounds.calibrationStart != nil else { throw specification.emptyCalibration(calibration.share) }
        return bounds
    }
}

extension ModelFitting.Fitted {
    func report(
        _ specification: TrainingSpecification, start: String?, rows: Int?, uncalibratedLogLoss: Double?
    ) -> CalibrationReport? {
        guard let parameters = specification.calibration, let calibration, let start, let rows else { return nil }
        let (slope, intercept, points): (Double?, Double?, Int?) =
            switch calibration {
            case .sigmoid(let slope, let intercept): (slope, intercept, nil)
            case .isotonic(let probabilities, _): (nil, nil, probabilities.count)
            }
        return CalibrationReport(
            method: parameters.method, share: parameters.share, start: start, rows: rows, slope: slope, intercept: intercept,
            points: points, uncalibratedLogLoss: uncalibratedLogLoss)
    }
}
