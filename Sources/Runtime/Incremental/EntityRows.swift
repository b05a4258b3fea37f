import Columnar

/// The rows of one entity on their way through a segment stream, numbered from the first row read.
///
/// Invariants:
/// 1. A row is due when it lies from `lookAhead` rows before a change to `lookBack` rows after it, and wanted when it lies within
///    `lookBack + lookAhead` rows of the change on either side.
/// 2. Wanted rows are taken in order, each once, and only when it is known whether they are due.
struct EntityRows {
    struct Piece {
        let rows: RecordBatch
        /// 1 for each row that is due.
        let due: [Int64]
        /// Whether the row before was not wanted.
        let startsSegment: Bool
    }

    let values: [Value]
    let changes: [ClosedRange<Int64>]
    private(set) var count = 0
    /// The times of the due rows taken so far.
    private(set) var dueTimes: [ClosedRange<Int64>] = []
    /// Whether rows did not go back, or did not go on, as far as windows need.
    private(set) var isShortBefore = false
    private(set) var isShortAfter = false
    private let lookBack: Int
    private let lookAhead: Int
    /// Rows not taken that may still be wanted.
    private var held: [(start: Int, rows: RecordBatch, times: [Int64])] = []
    /// For each change that rows have come up to: the first row not before it, and the number of rows not after it.
    private var reached: [(first: Int, end: Int)] = []
    /// The first of `reached` that untaken rows may be near to.
    private var active = 0
    private var lastTaken = -2
    private var lastDue = -2
    private var isEnded = false

    init(_ values: [Value], changes: [ClosedRange<Int64>], lookBack: Int, lookAhead: Int) {
        self.values = values
        self.changes = changes
        self.lookBack = lookBack
        self.lookAhead = lookAhead
    }

    private var reach: Int { lookBack + lookAhead }

    /// Adds rows later than all before; `times` are theirs.
    mutating func append(_ rows: RecordBatch, times: [Int64]) {
        for index in max(0, reached.count - 1)..<changes.count {
            let isNew = index == reached.count
            if isNew {
                guard times.last! >= changes[index].lowerBound else { break }
                let place = count + times.prefix { $0 < changes[index].lowerBound }.count
                reached.append((place, place))
                if place < reach { isShortBefore = true }
            }
            guard isNew || reached[index].end == count else { continue }
            let end = count + times.prefix { $0 <= changes[index].upperBound }.count
            reached[index].end = max(reached[index].end, end)
        }
        held.append((count, rows, times))
        count += rows.count
    }

    /// No row follows.
    mutating func end() {
        isEnded = true
        for _ in reached.count..<changes.count { reached.append((count, count)) }
        guard let last = reached.last else { return }
        if last.first < reach { isShortBefore = true }
        if count - last.end < reach { isShortAfter = true }
    }

    /// The wanted rows, as far as they are known, that were not taken yet.
    mutating func take() -> [Piece] {
        let known = isEnded ? count : max(0, count - lookAhead)
        var pieces: [Piece] = []
        for (start, rows, times) in held {
            let range = max(lastTaken + 1, start)..<max(lastTaken + 1, start, min(known, start + rows.count))
            for wanted in wantedRows(in: range) {
                pieces.append(piece(wanted, of: rows, from: start, times))
            }
        }
        while active < reached.count, reached[active].end + reach + lookAhead <= lastTaken { active += 1 }
        let mayBeWanted = isEnded ? count : count - max(reach, lookAhead)
        held.removeAll { $0.start + $0.rows.count <= mayBeWanted }
        return pieces
    }

    /// The rows of `range` within reach of a change, as runs.
    private func wantedRows(in range: Range<Int>) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for change in reached[active...] {
            let wanted = range.clamped(to: change.first - reach..<change.end + reach)
            guard !wanted.isEmpty else { continue }
            if let last = runs.last, wanted.lowerBound <= last.upperBound {
                runs[runs.count - 1] = last.lowerBound..<max(last.upperBound, wanted.upperBound)
            } else {
                runs.append(wanted)
            }
        }
        return runs
    }

    private mutating func piece(_ wanted: Range<Int>, of rows: RecordBatch, from start: Int, _ times: [Int64]) -> Piece {
        let due = wanted.map { row in reached[active...].contains { row >= $0.first - lookAhead && row < $0.end + lookBack } }
        for (row, isDue) in zip(wanted, due) where isDue { note(due: row, at: times[row - start]) }
        let startsSegment = wanted.lowerBound != lastTaken + 1
        lastTaken = wanted.upperBound - 1
        let taken = rows.slice(wanted.lowerBound - start..<wanted.upperBound - start)
        return Piece(rows: taken, due: due.map { $0 ? 1 : 0 }, startsSegment: startsSegment)
    }

    private mutating func note(due row: Int, at time: Int64) {
        if row == lastDue + 1, let last = dueTimes.last {
            dueTimes[dueTimes.count - 1] = last.lowerBound...max(last.upperBound, time)
        } else {
            dueTimes.append(time...time)
        }
        lastDue = row
    }
}
