/// The rows of a spool that a fitted model is calibrated on, with the model's score in the first column, in place of their times.
struct CalibrationRows: Sendable {
    private static let blockRows = 1024

    let spool: SampleSpool
    let roles: [ChunkRoles]
    let threads: Int
    let count: Int
    let positives: Int

    init(spool: SampleSpool, roles: [ChunkRoles], threads: Int) {
        self.spool = spool
        self.roles = roles
        self.threads = threads
        (count, positives) = roles.reduce((0, 0)) { ($0.0 + $1.counts.calibration, $0.1 + $1.positives.calibration) }
    }

    /// Puts what `score` chooses of the model's scores, log odds or probability, before each row.
    func score(_ model: any BlockScoring, choosing column: @Sendable (BlockScores) -> UnsafeMutablePointer<Double>) throws {
        _ = try spool.mapChunks(
            reading: spool.sampleColumns, threads: threads, where: { roles[$0].counts.calibration > 0 },
            memory: { BlockScratch(columnCount: 2, rows: Self.blockRows) },
            { index, chunk, scratch in
                let rows = roles[index].calibrationRows
                // Blocks begin at a multiple of four.
                for start in stride(from: rows.lowerBound & ~3, to: rows.upperBound, by: Self.blockRows) {
                    let end = min(start + Self.blockRows, rows.upperBound)
                    let scores = column(try model.score(chunk, start..<end, scratch))
                    for row in max(start, rows.lowerBound)..<end { chunk.keys[row] = scores[row - start].bitPattern }
                }
                try spool.write(0..<1, ofChunk: index, from: chunk)
            })
    }

    /// Calls `body` with scores and labels chunk by chunk; the results stand in chunk order.
    func map<Result: Sendable>(
        _ body: @Sendable (UnsafeBufferPointer<Double>, UnsafeBufferPointer<Double>) -> Result
    ) throws -> [Result] {
        try spool.mapChunks(reading: 0..<2, threads: threads, where: { roles[$0].counts.calibration > 0 }) { index, chunk in
            let rows = roles[index].calibrationRows
            let scores = UnsafeRawPointer(chunk.keys + rows.lowerBound).assumingMemoryBound(to: Double.self)
            return body(
                UnsafeBufferPointer(start: scores, count: rows.count),
                UnsafeBufferPointer(start: chunk.labels + rows.lowerBound, count: rows.count))
        }
    }
}
