/// Reorders each chunk of a spool so that its training rows stand first, its test rows next and the purged rows last.
///
/// A row before the cut trains unless its label ends at or after the cut: such a label was not known when the test period began.
struct RolePartition: Sendable {
    let spool: SampleSpool
    let threads: Int

    /// Without a cut all rows train.
    func apply(cut: Int64?) throws -> [ChunkRoles] {
        guard let cut else {
            return try spool.mapChunks(reading: spool.sampleColumns, threads: threads) { index, chunk in
                ChunkRoles(train: spool.rowCount(ofChunk: index), test: 0, purged: 0, chunk: chunk, features: spool.featureCount)
            }
        }
        return try spool.mapChunks(reading: 0..<spool.columnCount, threads: threads) { index, chunk in
            let count = spool.rowCount(ofChunk: index)
            let order = RowOrder(chunk: chunk, count: count, cut: cut)
            if order.movesRows {
                order.rearrange(chunk, columns: [chunk.labels] + (0..<spool.featureCount).map(chunk.feature))
                try spool.write(spool.sampleColumns, ofChunk: index, from: chunk)
            }
            return ChunkRoles(
                train: order.train, test: order.test, purged: count - order.train - order.test, chunk: chunk,
                features: spool.featureCount)
        }
    }
}

/// How many rows of a chunk train, test and are purged, how many of the first two have the label 1, and how each feature spreads
/// over the training rows.
struct ChunkRoles: Sendable {
    let train: Int
    let test: Int
    let purged: Int
    let trainPositives: Int
    let testPositives: Int
    let spreads: [ColumnSpread]

    fileprivate init(train: Int, test: Int, purged: Int, chunk: SampleChunk, features: Int) {
        self.train = train
        self.test = test
        self.purged = purged
        let labels = UnsafeBufferPointer(start: chunk.labels, count: train + test)
        trainPositives = Int(labels[0..<train].reduce(0, +))
        testPositives = Int(labels[train...].reduce(0, +))
        spreads = train == 0 ? [] : (0..<features).map { ColumnSpread(chunk.feature($0), train) }
    }
}

/// The rows of a chunk in their new order; the order within a role does not change.
private struct RowOrder {
    /// Of each row: 0 trains, 1 tests, 2 is purged.
    private let roles: [UInt8]
    let train: Int
    let test: Int
    let movesRows: Bool

    init(chunk: SampleChunk, count: Int, cut: Int64) {
        let (times, labelEnds) = (chunk.times, chunk.labelEnds)
        var counts = (test: 0, purged: 0)
        var movesRows = false
        roles = [UInt8](unsafeUninitializedCapacity: count) { roles, initialized in
            var highest: UInt8 = 0
            for row in 0..<count {
                let tests = times[row] >= cut
                let isPurged = !tests && labelEnds[row] >= cut
                let role: UInt8 = tests ? 1 : isPurged ? 2 : 0
                roles[row] = role
                counts.test += tests ? 1 : 0
                counts.purged += isPurged ? 1 : 0
                movesRows = movesRows || role < highest
                highest = max(highest, role)
            }
            initialized = count
        }
        (train, test) = (count - counts.test - counts.purged, counts.test)
        self.movesRows = movesRows
    }

    /// Moves `columns`; times and label ends have served their purpose.
    func rearrange(_ chunk: SampleChunk, columns: [UnsafeMutablePointer<Double>]) {
        var starts = (train: 0, test: train, purged: train + test)
        var rows = [Int32](repeating: 0, count: roles.count)
        for (row, role) in roles.enumerated() {
            switch role {
            case 0: (rows[starts.train], starts.train) = (Int32(row), starts.train + 1)
            case 1: (rows[starts.test], starts.test) = (Int32(row), starts.test + 1)
            default: (rows[starts.purged], starts.purged) = (Int32(row), starts.purged + 1)
            }
        }
        var moved = [Double](repeating: 0, count: rows.count)
        for column in columns {
            for (index, row) in rows.enumerated() { moved[index] = column[Int(row)] }
            column.update(from: moved, count: moved.count)
        }
    }
}
