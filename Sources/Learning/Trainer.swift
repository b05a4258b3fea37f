package import Columnar
import PluginHost

/// Fits a model to a stream of samples, in memory that does not grow with their number beyond a budget.
package struct Trainer: Sendable {
    private let spoolFolder: String
    private let threads: Int
    private let memoryBudget: Int
    private let checkCancellation: @Sendable () throws -> Void

    /// While a fit runs it takes `8 · (features + 3)` bytes per usable row, 8 less without a split, and then 8 more to rank the
    /// rows: up to `memoryBudget` bytes and an eighth of memory, the rest as disk in `spoolFolder`, which must exist.
    /// Results depend neither on `threads` nor on `memoryBudget`.
    /// `checkCancellation` throws when the fit is no longer wanted; the fit then ends with what it threw.
    package init(
        spoolFolder: String, threads: Int = 2, memoryBudget: Int = SampleSpool.defaultMemoryBudget,
        checkCancellation: @escaping @Sendable () throws -> Void = {}
    ) {
        self.spoolFolder = spoolFolder
        self.threads = threads
        self.memoryBudget = memoryBudget
        self.checkCancellation = checkCancellation
    }

    /// Fits to `samples`, sorted by entity, then time; their order and values alone decide the bits of the result.
    package func fit(samples: any RecordBatchStream, specification: TrainingSpecification) throws -> TrainedModel {
        try check(specification)
        let gathered = try gather(samples, specification)
        let spool = gathered.spool
        let cut = try cut(of: gathered, specification)
        let roles = try RolePartition(spool: spool, threads: threads).apply(cut: cut)
        let counts = RowCounts(roles: roles, unusable: gathered.unusable)
        try check(counts, specification)
        let fitted = try fit(gathered, roles, counts, specification)
        let metrics = try metrics(of: fitted.model, spool, roles, counts)
        let report = TrainingReport(
            rows: counts, splitTime: cut.map { gathered.describe($0) }, trainMetrics: metrics.train, testMetrics: metrics.test,
            iterations: fitted.solution?.iterations, gradientSize: fitted.solution?.gradientSize,
            warnings: Standardization(roles: roles).constantFeatures.map {
                "feature \(specification.features[$0]) has one value in all training rows, so it has no effect"
            })
        return TrainedModel(classifier: fitted.model, report: report, featureTypes: gathered.featureTypes)
    }

    private func fit(
        _ samples: SampleGathering, _ roles: [ChunkRoles], _ counts: RowCounts, _ specification: TrainingSpecification
    ) throws -> (model: any BlockScoring, solution: NewtonSolver.Solution?) {
        switch specification.method {
        case .logistic(let parameters):
            let standardization = Standardization(roles: roles)
            try check(standardization, specification)
            let solution = try solve(samples.spool, roles, standardization, counts, specification.features, parameters)
            let model = LogisticModel(
                features: specification.features, means: standardization.means, scales: standardization.scales,
                coefficients: solution.coefficients, intercept: solution.intercept, threshold: parameters.threshold)
            return (model, solution)
        case .plugin(let code, let parameters):
            let rows = TrainingRows(spool: samples.spool, roles: roles, featureNames: specification.features)
            do {
                let bytes = try code.fit(rows, parameters: parameters)
                return (try PluginModel(features: specification.features, code: code, bytes: bytes), nil)
            } catch let fault as ModelFault {
                throw LearningFault("\(fault)")
            }
        }
    }

    private func gather(_ stream: any RecordBatchStream, _ specification: TrainingSpecification) throws -> SampleGathering {
        var gathering = try SampleGathering(
            schema: stream.schema, specification: specification, spoolFolder: spoolFolder, memoryBudget: memoryBudget,
            checkCancellation: checkCancellation)
        try gathering.gather(stream)
        guard gathering.spool.rowCount > 0 else { throw noUsableRows(gathering.unusable) }
        return gathering
    }

    private func cut(of samples: SampleGathering, _ specification: TrainingSpecification) throws -> Int64? {
        guard let fraction = specification.trainFraction else { return nil }
        guard let cut = try TimeSplit(spool: samples.spool, threads: threads).cut(fraction: fraction) else {
            throw LearningFault(
                "no \(specification.time) has \(percent(fraction)) of the \(samples.spool.rowCount) usable rows before it, so the"
                    + " test side is empty; take more data or a smaller train")
        }
        return cut
    }

    private func solve(
        _ spool: SampleSpool, _ roles: [ChunkRoles], _ standardization: Standardization, _ counts: RowCounts, _ features: [String],
        _ parameters: LogisticParameters
    ) throws -> NewtonSolver.Solution {
        let objective = LogisticObjective(spool: spool, roles: roles, means: standardization.means, threads: threads)
        let solver = NewtonSolver(
            objective: objective, scales: standardization.scales, trainRows: counts.train,
            constantFeatures: standardization.constantFeatures, parameters: parameters, featureNames: features)
        return try solver.solve(positives: counts.trainPositives)
    }

    private func metrics(
        of model: any BlockScoring, _ spool: SampleSpool, _ roles: [ChunkRoles], _ counts: RowCounts
    ) throws -> (train: Metrics, test: Metrics?) {
        let sums = try ScoringPass(spool: spool, roles: roles, model: model, threads: threads).run()
        let trainArea = try area(.train, sums.train, spool, roles)
        let train = Metrics(sums: sums.train, rows: counts.train, positives: counts.trainPositives, areaUnderCurve: trainArea)
        guard counts.test > 0 else { return (train, nil) }
        let testArea = try area(.test, sums.test, spool, roles)
        return (train, Metrics(sums: sums.test, rows: counts.test, positives: counts.testPositives, areaUnderCurve: testArea))
    }

    private func area(_ role: AreaUnderCurve.Role, _ sums: ScoreSums, _ spool: SampleSpool, _ roles: [ChunkRoles]) throws -> Double? {
        guard let keys = sums.keys else { return nil }
        return try AreaUnderCurve(spool: spool, roles: roles, role: role, threads: threads, keys: keys).area()
    }
}
