/// The exact area under the ROC curve of scored rows, in memory that hardly grows with their number.
///
/// Rows are counted in buckets of score keys; neighbouring buckets make groups; the keys are dealt out by group into a storage;
/// each group is sorted and ranked alone, since its counts say how many rows rank below it. A bucket too full to be sorted is one
/// tie, or is cut into buckets itself. The storage takes 8 bytes per row, on disk where the spool's budget has no room for them.
/// All counts are whole numbers, so nothing depends on threads.
struct AreaUnderCurve: Sendable {
    let rows: ScoredRows
    /// Holds the keys of all the rows.
    let keys: ClosedRange<UInt64>
    /// Rows up to which buckets are put together; grows with the rows only so that groups stay few enough to deal out to.
    let groupRows: Int
    /// Rows of a bucket that is still sorted as a whole.
    private var sortableRows: Int { 8 * groupRows }

    init(rows: ScoredRows, keys: ClosedRange<UInt64> = ScoreKey.all, groupRows: Int = 1 << 16) {
        self.rows = rows
        self.keys = keys
        self.groupRows = max(groupRows, rows.spool.rowCount / 256)
    }

    /// nil when one of the classes has no row.
    func area() throws -> Double? {
        let positives = rows.sums.positives
        guard positives > 0, positives < rows.count else { return nil }
        let doubledWins = rows.count <= groupRows ? try sortedWins() : try doubledWins(in: keys, negativesBelow: 0)
        return Double(doubledWins) / (2 * Double(positives) * Double(rows.count - positives))
    }

    /// Of few rows: all their keys sorted at once.
    private func sortedWins() throws -> Int {
        let keys = try rows.mapRanges(memory: {}) { keys, _ in Array(keys) }.flatMap(\.self).sorted()
        var wins = PairWins(negativesBelow: 0)
        for key in keys { wins.append(key: key) }
        wins.endTie()
        return wins.doubled
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
        for group in groups where !group.isOneScore && group.rows > sortableRows {
            total += try doubledWins(in: group.range, negativesBelow: group.negativesBelow)
        }
        return try total + sortedWins(groups.filter { !$0.isOneScore && $0.rows <= sortableRows }, of: buckets)
    }

    /// Rows per bucket and label: label 0 at the even places, label 1 at the odd ones.
    private func histogram(_ buckets: KeyBuckets) throws -> [Int] {
        // The last two places count the keys in no bucket.
        let threadCounts = ThreadCounts(size: 2 * (buckets.count + 1))
        try rows.mapRanges(memory: threadCounts.ofThread) { keys, thread in
            for key in keys { thread.counts[2 * buckets.index(of: key) + Int(truncatingIfNeeded: key & 1)] &+= 1 }
        }
        return threadCounts.totals()
    }

    private func sortedWins(_ groups: [KeyGroup], of buckets: KeyBuckets) throws -> Int {
        guard let last = groups.last, let largest = groups.map(\.rows).max() else { return 0 }
        let spool = rows.spool
        let storage = try KeyStorage(count: last.rowsBelow + last.rows, memoryLimit: spool.memoryForPasses, folder: spool.folder)
        let dealing = KeyDealing(groups: groups, buckets: buckets, storage: storage)
        try rows.mapRanges(memory: KeyDealing.Hand.init) { keys, hand in try dealing.deal(keys, through: hand) }
        let doubledWins = try mapConcurrently(
            groups.indices, threads: rows.threads, memory: { DistributionSort(capacity: largest) },
            { index, sort in
                var wins = PairWins(negativesBelow: groups[index].negativesBelow)
                for key in try sort.sortedKeys(of: groups[index], in: storage) { wins.append(key: key) }
                wins.endTie()
                return wins.doubled
            })
        return doubledWins.reduce(0, +)
    }
}
