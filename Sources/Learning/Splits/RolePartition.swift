/// Reorders each chunk of a spool so that its training rows stand first, then its test rows, then those to calibrate on, and the
/// purged rows last.
struct RolePartition: Sendable {
    let spool: SampleSpool
    let threads: Int

    /// Without bounds all rows train.
    func apply(_ bounds: FoldBounds?) throws -> [ChunkRoles] {
        guard let bounds else {
            return try spool.mapChunks(reading: spool.sampleColumns, threads: threads) { index, chunk in
                ChunkRoles(.allTraining(spool.rowCount(ofChunk: index)), testRuns: [], chunk: chunk, features: spool.featureCount)
            }
        }
        return try spool.mapChunks(reading: 0..<spool.columnCount, threads: threads) { index, chunk in
            let order = RowOrder(chunk: chunk, count: spool.rowCount(ofChunk: index), bounds: bounds)
            if order.movesRows {
                order.rearrange(chunk, columns: [chunk.labels] + (0..<spool.featureCount).map(chunk.feature))
                try spool.write(spool.sampleColumns, ofChunk: index, from: chunk)
            }
            return ChunkRoles(order.counts, testRuns: testRuns(index, order), chunk: chunk, features: spool.featureCount)
        }
    }

    /// How many of a chunk's test rows are of each entity, in order.
    private func testRuns(_ index: Int, _ order: RowOrder) -> [ChunkRoles.EntityRun] {
        let start = index * SampleSpool.chunkRows
        return spool.entities.runs(in: start..<start + order.roles.count).compactMap { run in
            let tests = order.roles[run.rows.lowerBound - start..<run.rows.upperBound - start].count { $0 == RowRole.test.rawValue }
            return tests > 0 ? ChunkRoles.EntityRun(entity: run.entity, rows: tests) : nil
        }
    }
}

/// Rows of each role.
struct RoleCounts: Sendable, Hashable {
    var train = 0
    var test = 0
    var calibration = 0
    var purged = 0

    static func allTraining(_ rows: Int) -> RoleCounts { RoleCounts(train: rows) }
}

/// How many rows of a chunk have each role, how many of them have the label 1, and how each feature spreads over the training rows.
struct ChunkRoles: Sendable {
    /// Test rows of one entity that stand together.
    struct EntityRun: Sendable {
        let entity: Int
        let rows: Int
    }

    let counts: RoleCounts
    let positives: RoleCounts
    let testRuns: [EntityRun]
    let spreads: [ColumnSpread]

    var train: Int { counts.train }
    var test: Int { counts.test }
    var trainRows: Range<Int> { 0..<counts.train }
    var testRows: Range<Int> { counts.train..<counts.train + counts.test }
    var calibrationRows: Range<Int> { testRows.upperBound..<testRows.upperBound + counts.calibration }

    fileprivate init(_ counts: RoleCounts, testRuns: [EntityRun], chunk: SampleChunk, features: Int) {
        self.counts = counts
        self.testRuns = testRuns
        let labels = UnsafeBufferPointer(start: chunk.labels, count: counts.train + counts.test + counts.calibration)
        let testEnd = counts.train + counts.test
        positives = RoleCounts(
            train: Int(labels[0..<counts.train].reduce(0, +)), test: Int(labels[counts.train..<testEnd].reduce(0, +)),
            calibration: Int(labels[testEnd...].reduce(0, +)))
        spreads = counts.train == 0 ? [] : (0..<features).map { ColumnSpread(chunk.feature($0), counts.train) }
    }
}

/// The rows of a chunk in their new order; the order within a role does not change.
private struct RowOrder {
    /// Of each row, a `RowRole`; none is outside.
    let roles: [UInt8]
    let counts: RoleCounts
    let movesRows: Bool

    init(chunk: SampleChunk, count: Int, bounds: FoldBounds) {
        let (times, labelEnds) = (chunk.times, chunk.labelEnds)
        var found = (0, 0, 0)
        var movesRows = false
        roles = [UInt8](unsafeUninitializedCapacity: count) { roles, initialized in
            var highest: UInt8 = 0
            for row in 0..<count {
                let role = min(bounds.role(time: times[row], labelEnd: labelEnds[row]).rawValue, RowRole.purged.rawValue)
                roles[row] = role
                found.0 += role == 1 ? 1 : 0
                found.1 += role == 2 ? 1 : 0
                found.2 += role == 3 ? 1 : 0
                movesRows = movesRows || role < highest
                highest = max(highest, role)
            }
            initialized = count
        }
        counts = RoleCounts(train: count - found.0 - found.1 - found.2, test: found.0, calibration: found.1, purged: found.2)
        self.movesRows = movesRows
    }

    /// Moves `columns`; times and label ends have served their purpose.
    func rearrange(_ chunk: SampleChunk, columns: [UnsafeMutablePointer<Double>]) {
        let testEnd = counts.train + counts.test
        var next = [0, counts.train, testEnd, testEnd + counts.calibration]
        var rows = [Int32](repeating: 0, count: roles.count)
        for (row, role) in roles.enumerated() {
            rows[next[Int(role)]] = Int32(row)
            next[Int(role)] += 1
        }
        var moved = [Double](repeating: 0, count: rows.count)
        for column in columns {
            for (index, row) in rows.enumerated() { moved[index] = column[Int(row)] }
            column.update(from: moved, count: moved.count)
        }
    }
}
