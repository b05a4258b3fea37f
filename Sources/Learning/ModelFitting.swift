import PluginHost

/// Fits one model to the training rows of a spool, and calibrates it on its calibration rows.
struct ModelFitting: Sendable {
    /// A fitted model and how its fit went.
    struct Fitted: Sendable {
        let model: any BlockScoring
        /// The model before it was calibrated; nil where it was not.
        var uncalibrated: (any BlockScoring)?
        var calibration: Calibration?
        let solution: NewtonSolver.Solution?
        var warnings: [FitWarning] = []
    }

    let specification: TrainingSpecification
    let threads: Int

    func fit(_ spool: SampleSpool, _ roles: [ChunkRoles]) throws -> Fitted {
        var fitted = try uncalibrated(spool, roles)
        fitted.warnings += constantFeatures(roles) + dependentFeatures(fitted.solution)
        guard let parameters = specification.calibration else { return fitted }
        return try calibrate(fitted, parameters, CalibrationRows(spool: spool, roles: roles, threads: threads))
    }

    private func uncalibrated(_ spool: SampleSpool, _ roles: [ChunkRoles]) throws -> Fitted {
        switch specification.method {
        case .logistic(let parameters):
            let standardization = Standardization(roles: roles)
            try standardization.check(featureNames: specification.features)
            let solution = try solve(spool, roles, standardization, parameters)
            let model = LogisticModel(
                features: specification.features, means: standardization.means, scales: standardization.scales,
                coefficients: solution.coefficients, intercept: solution.intercept, threshold: parameters.threshold)
            return Fitted(model: model, solution: solution)
        case .plugin(let code, let parameters):
            let rows = TrainingRows(spool: spool, roles: roles, featureNames: specification.features)
            do {
                let bytes = try code.fit(rows, parameters: parameters)
                return Fitted(model: try PluginModel(features: specification.features, code: code, bytes: bytes), solution: nil)
            } catch let fault as ModelFault {
                throw LearningFault("\(fault)")
            }
        }
    }

    private func solve(
        _ spool: SampleSpool, _ roles: [ChunkRoles], _ standardization: Standardization, _ parameters: LogisticParameters
    ) throws -> NewtonSolver.Solution {
        let counts = RowCounts(roles: roles, unusable: UnusableRows())
        let objective = LogisticObjective(
            spool: spool, roles: roles, means: standardization.means,
            weights: parameters.weights(rows: counts.train, positives: counts.trainPositives), threads: threads)
        let solver = NewtonSolver(
            objective: objective, scales: standardization.scales, trainRows: counts.train,
            constantFeatures: standardization.constantFeatures, parameters: parameters, featureNames: specification.features)
        return try solver.solve(positives: counts.trainPositives)
    }

    private func calibrate(_ fitted: Fitted, _ parameters: CalibrationParameters, _ rows: CalibrationRows) throws -> Fitted {
        guard rows.positives > 0, rows.positives < rows.count else {
            let lack = rows.count == 0 ? "no rows, since all are purged" : "\(rows.count) rows, and they do not have both classes"
            throw LearningFault("calibrate has \(lack); take a larger share, more data, or leave calibrate out")
        }
        let calibration: Calibration
        switch parameters.method {
        case .sigmoid:
            try rows.score(fitted.model, choosing: \.margins)
            calibration = try SigmoidFit(rows: rows).fit()
        case .isotonic:
            try rows.score(fitted.model, choosing: \.probabilities)
            calibration = try IsotonicFit(rows: rows).fit()
        }
        var calibrated = Fitted(
            model: fitted.model.calibrated(by: calibration), uncalibrated: fitted.model, calibration: calibration,
            solution: fitted.solution, warnings: fitted.warnings)
        calibrated.warnings += FitWarning.of(calibration, rows: rows.count)
        return calibrated
    }

    private func constantFeatures(_ roles: [ChunkRoles]) -> [FitWarning] {
        Standardization(roles: roles).constantFeatures.map { .constantFeature(specification.features[$0]) }
    }

    private func dependentFeatures(_ solution: NewtonSolver.Solution?) -> [FitWarning] {
        (solution?.dependent ?? []).map(FitWarning.dependentFeature)
    }
}
