/// Puts each row's score key into the spool's first column, in place of its time, and adds up what metrics need.
struct ScoringPass: Sendable {
    /// Sums over all rows of a role, and over each entity's test rows.
    struct Result: Sendable {
        fileprivate(set) var train = ScoreSums()
        fileprivate(set) var test = ScoreSums()
        fileprivate(set) var entities: [Int: ScoreSums] = [:]
    }

    /// Rows worked on at once: their margins and probabilities stay in the processor's cache.
    private static let blockRows = 1024

    let spool: SampleSpool
    let roles: [ChunkRoles]
    let model: any BlockScoring
    let threads: Int
    /// Without, only test rows are scored.
    var includesTraining = true

    /// In row order within a chunk, then by chunk.
    func run() throws -> Result {
        let rule = rule
        let parts = try spool.mapChunks(
            reading: spool.sampleColumns, threads: threads, memory: { BlockScratch(columnCount: 2, rows: Self.blockRows) },
            { index, chunk, scratch -> ChunkSums in
                let sums = try sums(of: chunk, roles[index], rule, scratch)
                try spool.write(0..<1, ofChunk: index, from: chunk)
                return sums
            })
        return parts.reduce(into: Result()) { total, part in
            total.train.add(part.train)
            total.test.add(part.test)
            for run in part.entities { total.entities[run.entity, default: ScoreSums()].add(run.sums) }
        }
    }

    private var rule: PredictionRule {
        let (rows, positives) = roles.reduce((0, 0)) { ($0.0 + $1.counts.train, $0.1 + $1.positives.train) }
        return PredictionRule(threshold: model.threshold, majority: 2 * positives >= rows ? 1 : 0)
    }

    private func sums(of chunk: SampleChunk, _ roles: ChunkRoles, _ rule: PredictionRule, _ scratch: BlockScratch) throws -> ChunkSums {
        var sums = ChunkSums(roles)
        let (train, scored) = (roles.train, roles.testRows.upperBound)
        // Blocks begin at a multiple of four.
        let first = includesTraining ? 0 : train & ~3
        for start in stride(from: first, to: scored, by: Self.blockRows) {
            let end = min(start + Self.blockRows, scored)
            let scores = try model.score(chunk, start..<end, scratch)
            if includesTraining { sums.train.add(scores, chunk, start..<max(start, min(end, train)), from: start, rule) }
            let tests = min(end, max(start, train))..<end
            sums.test.add(scores, chunk, tests, from: start, rule)
            sums.addEntities(scores, chunk, tests, from: start, rule)
        }
        sums.finish()
        return sums
    }
}

/// The sums of one chunk.
private struct ChunkSums {
    var train = ScoreSums()
    var test = ScoreSums()
    private(set) var entities: [(entity: Int, sums: ScoreSums)]
    /// Where each entity's test rows stand in the chunk.
    private let rows: [Range<Int>]

    init(_ roles: ChunkRoles) {
        entities = roles.testRuns.map { ($0.entity, ScoreSums()) }
        rows = roles.testRanges
    }

    mutating func addEntities(
        _ scores: BlockScores, _ chunk: SampleChunk, _ tests: Range<Int>, from start: Int, _ rule: PredictionRule
    ) {
        for (index, rows) in rows.enumerated() where rows.overlaps(tests) {
            entities[index].sums.add(scores, chunk, rows.clamped(to: tests), from: start, rule)
        }
    }

    mutating func finish() {
        train.finish()
        test.finish()
        for index in entities.indices { entities[index].sums.finish() }
    }
}

extension ChunkRoles {
    /// Where the test rows of each of `testRuns` stand in the chunk.
    var testRanges: [Range<Int>] {
        var start = testRows.lowerBound
        return testRuns.map { run in
            defer { start += run.rows }
            return start..<start + run.rows
        }
    }
}
