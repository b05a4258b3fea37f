/// What is kept of folds whose models are not: each one's report, and the scores of all their test rows together.
struct FoldJournal {
    private(set) var folds: [FoldReport] = []
    private(set) var sums = ScoreSums()
    /// Score keys of the folds' test rows, fold by fold.
    private let spool: SampleSpool
    private let threads: Int
    private var entities: [String: (sums: ScoreSums, rows: [Range<Int>])] = [:]
    private var uncalibratedLoss: Double?
    /// By kind, a warning of each and the folds that gave it.
    private var warned: [FitWarning: (first: FitWarning, folds: Int)] = [:]

    init(folder: String, memoryBudget: Int, threads: Int) throws {
        spool = try SampleSpool(folder: folder, featureCount: 0, keepsLabelEnds: false, memoryBudget: memoryBudget)
        self.threads = threads
    }

    var purged: Int { folds.reduce(0) { $0 + $1.purgedRows } }
    var uncalibratedLogLoss: Double? { uncalibratedLoss.map { $0 / Double(sums.rows) } }

    mutating func append(_ report: FoldReport, _ examined: Examination.Result, warnings: [FitWarning]) throws {
        folds.append(report)
        sums.add(examined.test!.sums)
        if let loss = examined.uncalibratedLoss { uncalibratedLoss = (uncalibratedLoss ?? 0) + loss }
        for warning in warnings { warned[warning.kind, default: (warning, 0)].folds += 1 }
        let names = examined.test!.spool.entities.names
        for (entity, sums) in examined.entities { entities[names[entity], default: (ScoreSums(), [])].sums.add(sums) }
        try appendKeys(examined, names)
    }

    /// All test rows of all folds.
    func pooled() throws -> ScoredRows {
        try spool.finishWriting()
        return rows([0..<spool.rowCount], sums)
    }

    /// By name; nil where rows are of no entity.
    func entityReports() throws -> [EntityReport]? {
        guard !entities.isEmpty else { return nil }
        return try entities.sorted { $0.key < $1.key }.map { name, entity in
            EntityReport(entity: name, metrics: try rows(entity.rows, entity.sums).metrics(hasTable: false))
        }
    }

    /// Those of the model that is kept, kinds that only folds gave, and what the test rows say of the calibration.
    func warnings(beside final: [FitWarning], _ test: Metrics) -> [String] {
        let kinds = Set(final.map(\.kind))
        let ofFolds = warned.filter { !kinds.contains($0.key) }.map { "in \($0.value.folds) of \(folds.count) folds: \($0.value.first)" }
        let worsening = FitWarning.worsening(from: uncalibratedLogLoss, to: test.logLoss)
        return final.map(\.description) + ofFolds.sorted() + (worsening.map { [$0.description] } ?? [])
    }

    private mutating func appendKeys(_ examined: Examination.Result, _ names: [String]) throws {
        let source = examined.test!.spool
        for (index, roles) in examined.roles.enumerated() where roles.test > 0 {
            let chunk = try source.chunk(index, reading: 0..<1, into: nil)
            for (run, rows) in zip(roles.testRuns, roles.testRanges) {
                let start = spool.rowCount + rows.lowerBound - roles.testRows.lowerBound
                entities[names[run.entity]]?.rows.append(start..<start + rows.count)
            }
            try appendKeys(roles.testRows, of: chunk)
        }
    }

    private func appendKeys(_ rows: Range<Int>, of source: SampleChunk) throws {
        var rest = rows
        while !rest.isEmpty {
            let added = try spool.append(atMost: rest.count) { chunk, start, count in
                (chunk.keys + start).update(from: source.keys + rest.lowerBound, count: count)
            }
            rest = rest.dropFirst(added)
        }
    }

    /// Rows of the journal, by chunk.
    private func rows(_ wanted: [Range<Int>], _ sums: ScoreSums) -> ScoredRows {
        var ranges = [[Range<Int>]](repeating: [], count: spool.chunkCount)
        for var rest in wanted {
            while !rest.isEmpty {
                let chunk = rest.lowerBound / SampleSpool.chunkRows
                let end = min(rest.upperBound, (chunk + 1) * SampleSpool.chunkRows)
                ranges[chunk].append(rest.lowerBound - chunk * SampleSpool.chunkRows..<end - chunk * SampleSpool.chunkRows)
                rest = end..<rest.upperBound
            }
        }
        return ScoredRows(spool: spool, ranges: ranges, sums: sums, threads: threads)
    }
}
