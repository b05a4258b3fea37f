/// Parts rows by probability into ten bins of about as many rows each, and sets what the model said beside what came true.
///
/// Bins are found by counting in many small cells of equal width, so that memory does not grow with the rows; rows of one cell, so
/// also those of one probability, share a bin.
struct CalibrationTable {
    private static let binCount = 10
    private static let cellCount = 1 << 14

    let rows: ScoredRows
    private let lowest: Double
    private let cellsPerUnit: Double

    init(rows: ScoredRows, keys: ClosedRange<UInt64>) {
        self.rows = rows
        lowest = ScoreKey.probability(of: keys.lowerBound)
        let width = ScoreKey.probability(of: keys.upperBound) - lowest
        cellsPerUnit = width > 0 ? min(Double(Self.cellCount - 1) / width, .greatestFiniteMagnitude) : 0
    }

    func bins() throws -> [CalibrationBin] {
        let binOfCell = binOfCell(try histogram())
        let parts = try rows.mapRanges(memory: {}) { keys, _ in
            var sums = [BinSums](repeating: BinSums(), count: Self.binCount)
            for key in keys { sums[binOfCell[cell(of: key)]].add(key) }
            return sums
        }
        let totals = parts.reduce(into: [BinSums](repeating: BinSums(), count: Self.binCount)) { totals, part in
            for index in totals.indices { totals[index].add(part[index]) }
        }
        return totals.compactMap(\.bin)
    }

    private func cell(of key: UInt64) -> Int {
        min(Self.cellCount - 1, Int((ScoreKey.probability(of: key) - lowest) * cellsPerUnit))
    }

    private func histogram() throws -> [Int] {
        let threadCounts = ThreadCounts(size: Self.cellCount)
        try rows.mapRanges(memory: threadCounts.ofThread) { keys, thread in
            for key in keys { thread.counts[cell(of: key)] &+= 1 }
        }
        return threadCounts.totals()
    }

    /// By the rank of a cell's first row.
    private func binOfCell(_ counts: [Int]) -> [Int] {
        var below = 0
        return counts.map { count in
            defer { below += count }
            return min(Self.binCount - 1, below * Self.binCount / max(1, rows.count))
        }
    }
}

private struct BinSums: Sendable {
    private var rows = 0
    private var positives = 0
    private var probability = 0.0
    private var lowest = 1.0
    private var highest = 0.0

    mutating func add(_ key: UInt64) {
        let value = ScoreKey.probability(of: key)
        rows += 1
        positives += Int(key & 1)
        probability += value
        lowest = min(lowest, value)
        highest = max(highest, value)
    }

    mutating func add(_ other: BinSums) {
        rows += other.rows
        positives += other.positives
        probability += other.probability
        lowest = min(lowest, other.lowest)
        highest = max(highest, other.highest)
    }

    var bin: CalibrationBin? {
        guard rows > 0 else { return nil }
        return CalibrationBin(
            rows: rows, lowest: lowest, highest: highest, meanProbability: probability / Double(rows),
            positiveShare: Double(positives) / Double(rows))
    }
}
