import Synchronization

/// The exact area under the ROC curve of one role's rows, in memory that hardly grows with their number.
///
/// Rows are counted in buckets of score keys; neighbouring buckets make groups; the keys are dealt out by group into a
/// temporary file; each group is sorted and ranked alone, since its counts say how many rows rank below it. A bucket too full
/// for a group is one tie, or is cut into buckets itself. It takes 16 bytes of memory per row of the groups being sorted and
/// 8 bytes of disk per row. All counts are whole numbers, so nothing depends on threads.
struct AreaUnderCurve: Sendable {
    enum Role { case train, test }

    let spool: SampleSpool
    let roles: [ChunkRoles]
    let role: Role
    let threads: Int
    /// Rows of a group; grows with the rows only so that groups stay few enough to deal out to.
    let groupRows: Int

    init(spool: SampleSpool, roles: [ChunkRoles], role: Role, threads: Int, groupRows: Int = 1 << 19) {
        self.spool = spool
        self.roles = roles
        self.role = role
        self.threads = threads
        self.groupRows = max(groupRows, spool.rowCount / 256)
    }

    /// nil when one of the classes has no row.
    func area() throws -> Double? {
        let positives = roles.reduce(0) { $0 + (role == .train ? $1.trainPositives : $1.testPositives) }
        let rows = roles.reduce(0) { $0 + (role == .train ? $1.train : $1.test) }
        guard positives > 0, positives < rows else { return nil }
        let doubledWins = try doubledWins(in: ScoreKey.all, negativesBelow: 0)
        return Double(doubledWins) / (2 * Double(positives) * Double(rows - positives))
    }

    /// Twice the pairs won by the positive rows with keys in `range`, above `negativesBelow` negative rows.
    private func doubledWins(in range: ClosedRange<UInt64>, negativesBelow: Int) throws -> Int {
        let buckets = KeyBuckets(range)
        let counts = try histogram(buckets)
        let groups = KeyGroup.groups(of: buckets, counts: counts, limit: groupRows, negativesBelow: negativesBelow)
        var total = 0
        for group in groups where group.isOneScore {
            var wins = PairWins(negativesBelow: group.negativesBelow)
            wins.appendTie(positives: group.positives, negatives: group.negatives)
            total += wins.doubled
        }
        for group in groups where !group.isOneScore && group.rows > groupRows {
            total += try doubledWins(in: group.range, negativesBelow: group.negativesBelow)
        }
        return try total + sortedWins(groups.filter { !$0.isOneScore && $0.rows <= groupRows }, of: buckets)
    }

    /// Rows per bucket and label: label 0 at the even places, label 1 at the odd ones.
    private func histogram(_ buckets: KeyBuckets) throws -> [Int] {
        let totals = Totals(count: 2 * buckets.count)
        _ = try mapKeys { keys in
            let counts = [UInt32](unsafeUninitializedCapacity: 2 * buckets.count) { counts, count in
                counts.initialize(repeating: 0)
                for key in keys {
                    if let bucket = buckets.index(of: key) { counts[2 * bucket + Int(key & 1)] &+= 1 }
                }
                count = 2 * buckets.count
            }
            totals.add(counts)
        }
        return totals.counts
    }

    private func sortedWins(_ groups: [KeyGroup], of buckets: KeyBuckets) throws -> Int {
        guard !groups.isEmpty else { return 0 }
        let file = try TemporaryFile(folder: spool.folder)
        let dealing = KeyDealing(groups: groups, buckets: buckets, file: file)
        _ = try mapKeys { keys in try dealing.deal(keys) }
        let doubledWins = try mapConcurrently(0..<groups.count, threads: threads, memory: {}) { index, _ in
            try wins(of: groups[index], in: file)
        }
        return doubledWins.reduce(0, +)
    }

    private func wins(of group: KeyGroup, in file: TemporaryFile) throws -> Int {
        let keys = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: 2 * group.rows)
        defer { keys.deallocate() }
        let sorted = UnsafeMutableBufferPointer(rebasing: keys[..<group.rows])
        try file.read(into: UnsafeMutableRawBufferPointer(sorted), at: group.rowsBelow * 8)
        radixSort(sorted, spare: UnsafeMutableBufferPointer(rebasing: keys[group.rows...]), range: group.range)
        var wins = PairWins(negativesBelow: group.negativesBelow)
        for key in sorted { wins.append(key: key) }
        wins.endTie()
        return wins.doubled
    }

    private func mapKeys<Result: Sendable>(_ body: @Sendable (UnsafeBufferPointer<UInt64>) throws -> Result) throws -> [Result?] {
        try spool.mapChunks(threads: threads) { index, chunk in
            let (train, test) = (roles[index].train, roles[index].test)
            let rows = role == .train ? 0..<train : train..<train + test
            guard !rows.isEmpty else { return nil }
            try spool.read(0..<1, ofChunk: index, into: chunk)
            return try body(UnsafeBufferPointer(start: chunk.keys + rows.lowerBound, count: rows.count))
        }
    }
}
