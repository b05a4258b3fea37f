/// Scores the training and test rows of a spool with a fitted model.
struct Examination: Sendable {
    struct Result: Sendable {
        let train: ScoredRows
        /// Nil without test rows.
        let test: ScoredRows?
        let entities: [Int: ScoreSums]
        /// Where each entity's test rows stand in each chunk.
        let roles: [ChunkRoles]
        /// Of the test rows, by the model before it was calibrated.
        let uncalibratedLoss: Double?

        var uncalibratedLogLoss: Double? { test.flatMap { test in uncalibratedLoss.map { $0 / Double(test.count) } } }
    }

    let spool: SampleSpool
    let roles: [ChunkRoles]
    let threads: Int
    var includesTraining = true

    func examine(_ fitted: ModelFitting.Fitted) throws -> Result {
        // The calibrated model's scores are to stay, so they come last.
        let uncalibrated = try fitted.uncalibrated.map {
            try ScoringPass(spool: spool, roles: roles, model: $0, threads: threads, includesTraining: false).run().test.loss
        }
        let sums = try ScoringPass(spool: spool, roles: roles, model: fitted.model, threads: threads, includesTraining: includesTraining)
            .run()
        return Result(
            train: rows(roles.map(\.trainRows), sums.train), test: sums.test.rows > 0 ? rows(roles.map(\.testRows), sums.test) : nil,
            entities: sums.entities,
            roles: roles, uncalibratedLoss: uncalibrated)
    }

    private func rows(_ ranges: [Range<Int>], _ sums: ScoreSums) -> ScoredRows {
        ScoredRows(spool: spool, ranges: ranges.map { $0.isEmpty ? [] : [$0] }, sums: sums, threads: threads)
    }
}

extension Examination.Result {
    /// Figures of each entity's test rows, by name; nil where rows are of none.
    func entityReports(_ runs: EntityRuns) throws -> [EntityReport]? {
        guard let test, !entities.isEmpty else { return nil }
        var ranges: [Int: [Int: [Range<Int>]]] = [:]
        for (chunk, roles) in roles.enumerated() {
            for (run, rows) in zip(roles.testRuns, roles.testRanges) { ranges[run.entity, default: [:]][chunk, default: []].append(rows) }
        }
        return try entities.keys.sorted().map { entity in
            let rows = ScoredRows(
                spool: test.spool, ranges: roles.indices.map { ranges[entity]?[$0] ?? [] }, sums: entities[entity]!, threads: test.threads)
            return EntityReport(entity: runs.names[entity], metrics: try rows.metrics(hasTable: false))
        }
    }
}
