/// Reorders each chunk of a spool so that its training rows stand first, its test rows next and the purged rows last.
///
/// A row before the cut trains unless its label ends at or after the cut: such a label was not known when the test period began.
struct RolePartition: Sendable {
    let spool: SampleSpool
    let threads: Int

    /// Without a cut all rows train.
    func apply(cut: Int64?) throws -> [ChunkRoles] {
        try spool.mapChunks(threads: threads) { index, chunk in
            try spool.read(0..<spool.columnCount, ofChunk: index, into: chunk)
            let count = spool.rowCount(ofChunk: index)
            guard let cut else { return ChunkRoles(train: count, test: 0, purged: 0, chunk: chunk) }
            let order = RowOrder(chunk: chunk, count: count, cut: cut)
            if order.movesRows {
                order.rearrange(chunk)
                try spool.write(1..<spool.columnCount - 1, ofChunk: index, from: chunk)
            }
            return ChunkRoles(train: order.train, test: order.test, purged: count - order.train - order.test, chunk: chunk)
        }
    }
}

/// How many rows of a chunk train, test and are purged, how many of the first two have the label 1, and the training rows' sums.
struct ChunkRoles: Sendable {
    let train: Int
    let test: Int
    let purged: Int
    let trainPositives: Int
    let testPositives: Int
    /// Of each feature over the training rows.
    let sums: [Double]

    fileprivate init(train: Int, test: Int, purged: Int, chunk: SampleChunk) {
        self.train = train
        self.test = test
        self.purged = purged
        let labels = UnsafeBufferPointer(start: chunk.labels, count: train + test)
        trainPositives = labels[0..<train].count { $0 == 1 }
        testPositives = labels[train...].count { $0 == 1 }
        sums = (0..<chunk.columnCount - 3).map { ColumnMoments(chunk.feature($0), train, about: 0).sum }
    }
}

/// The rows of a chunk in their new order; the order within a role does not change.
private struct RowOrder {
    let rows: [Int]
    let train: Int
    let test: Int

    init(chunk: SampleChunk, count: Int, cut: Int64) {
        let (times, labelEnds) = (chunk.times, chunk.labelEnds)
        var (training, testing, purged): ([Int], [Int], [Int]) = ([], [], [])
        training.reserveCapacity(count)
        for row in 0..<count {
            if times[row] >= cut {
                testing.append(row)
            } else if labelEnds[row] < cut {
                training.append(row)
            } else {
                purged.append(row)
            }
        }
        rows = training + testing + purged
        train = training.count
        test = testing.count
    }

    var movesRows: Bool { zip(rows, rows.dropFirst()).contains { $0 > $1 } }

    /// Moves labels and features; times and label ends have served their purpose.
    func rearrange(_ chunk: SampleChunk) {
        var moved = [Double](repeating: 0, count: rows.count)
        for column in [chunk.labels] + (0..<chunk.columnCount - 3).map(chunk.feature) {
            for (index, row) in rows.enumerated() { moved[index] = column[row] }
            column.update(from: moved, count: moved.count)
        }
    }
}
