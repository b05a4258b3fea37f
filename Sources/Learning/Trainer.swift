package import Columnar

/// Fits a model to a stream of samples, in memory that does not grow with their number beyond a budget.
package struct Trainer: Sendable {
    private let spoolFolder: String
    private let threads: Int
    private let memoryBudget: Int
    private let checkCancellation: @Sendable () throws -> Void

    /// While a fit runs it takes `8 · (features + 3)` bytes per usable row, 8 less without a split, and then 8 more to rank the
    /// rows; walking forward, again as much per row of a fold: up to `memoryBudget` bytes and an eighth of memory, the rest as disk in
    /// `spoolFolder`, which must exist. Results depend neither on `threads` nor on `memoryBudget`.
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
        try specification.check()
        guard case .walkForward(let walk) = specification.split else {
            let gathered = try gather(samples, specification, memoryBudget)
            return try HeldOutTraining(samples: gathered, specification: specification, threads: threads).train()
        }
        // The folds' rows take the other half.
        let gathered = try gather(samples, specification, memoryBudget / 2)
        return try WalkForwardTraining(
            samples: gathered, specification: specification, walk: walk, threads: threads, memoryBudget: memoryBudget / 2
        ).train()
    }

    private func gather(
        _ stream: any RecordBatchStream, _ specification: TrainingSpecification, _ memoryBudget: Int
    ) throws -> SampleGathering {
        var gathering = try SampleGathering(
            schema: stream.schema, specification: specification, spoolFolder: spoolFolder, memoryBudget: memoryBudget,
            checkCancellation: checkCancellation)
        try gathering.gather(stream)
        guard gathering.spool.rowCount > 0 else { throw specification.noUsableRows(gathering.unusable) }
        return gathering
    }
}
