import Foundation
import Synchronization

/// How far a run has come: counted where batches flow, read by whoever shows it.
package final class RunProgress: Sendable {
    /// A statement at work, as it is now.
    package struct Moment: Sendable, Equatable {
        package var cell: String
        /// Of the cells to run, from 1.
        package var cellNumber: Int
        package var cellCount: Int
        /// The table or model being made; nil where rows are shown.
        package var name: String?
        /// What is done once all rows are there.
        package var activity: String?
        package var rows: Int
        /// About how many there will be; nil where nobody can tell.
        package var expectedRows: Int?
        /// Since the statement began.
        package var seconds: Double
    }

    /// A cell that is done.
    package struct Cell: Sendable, Equatable {
        package let name: String
        package let number: Int
        package let count: Int
        package let rows: Int
        package let seconds: Double
    }

    private struct State {
        var moment: Moment?
        var statementStart = ContinuousClock.now
        var cellStart = ContinuousClock.now
        /// What the counter stood at.
        var rowsBeforeStatement = 0
        var rowsBeforeCell = 0
        /// Shown of the statement so far, which does not shrink.
        var mostRows = 0
        var observe: @Sendable (Cell) -> Void = { _ in }
    }

    private let state = Mutex(State())
    private let counter = Atomic(0)
    /// Rows' worth of a batch that is being computed.
    private let ahead = Atomic(0)

    package init() {}

    /// Rows of the whole run so far.
    package var totalRows: Int { counter.load(ordering: .relaxed) }

    /// Nil while no cell runs.
    package var moment: Moment? {
        let counted = totalRows
        return state.withLock { state in
            guard var moment = state.moment else { return nil }
            moment.rows = counted - state.rowsBeforeStatement
            // Where each row that is computed will be written, rows on their way count, and none twice.
            if moment.expectedRows != nil, moment.activity == nil {
                state.mostRows = max(state.mostRows, moment.rows + ahead.load(ordering: .relaxed))
                moment.rows = state.mostRows
            }
            moment.seconds = state.statementStart.elapsedSeconds
            return moment
        }
    }

    /// Told of every cell when it is done, by the thread that runs it.
    package func observe(_ observe: @escaping @Sendable (Cell) -> Void) { state.withLock { $0.observe = observe } }

    // MARK: Counting

    func count(_ rows: Int) { counter.wrappingAdd(rows, ordering: .relaxed) }

    func note(ahead rows: Int) { ahead.store(rows, ordering: .relaxed) }

    func begin(cell: String, number: Int, of count: Int) {
        let counted = totalRows
        state.withLock { state in
            state.moment = Moment(cell: cell, cellNumber: number, cellCount: count, rows: 0, seconds: 0)
            (state.cellStart, state.rowsBeforeCell) = (.now, counted)
            (state.statementStart, state.rowsBeforeStatement) = (.now, counted)
        }
    }

    func begin(statement name: String?) {
        let counted = totalRows
        note(ahead: 0)
        state.withLock { state in
            state.moment?.name = name
            state.moment?.activity = nil
            state.moment?.expectedRows = nil
            state.mostRows = 0
            (state.statementStart, state.rowsBeforeStatement) = (.now, counted)
        }
    }

    func expect(rows: Int?) { state.withLock { $0.moment?.expectedRows = rows } }

    func enter(_ activity: String) { state.withLock { $0.moment?.activity = activity } }

    func endCell() {
        let counted = totalRows
        let (cell, observe) = state.withLock { state in
            let cell = state.moment.map {
                Cell(
                    name: $0.cell, number: $0.cellNumber, count: $0.cellCount, rows: counted - state.rowsBeforeCell,
                    seconds: state.cellStart.elapsedSeconds)
            }
            return (cell, state.observe)
        }
        if let cell { observe(cell) }
    }

    /// No cell runs any more, done or not.
    func end() { state.withLock { $0.moment = nil } }
}

extension RunProgress.Moment {
    /// Rows a second, once that can be told.
    package var rate: Double? { rows > 0 && seconds > 0 ? Double(rows) / seconds : nil }

    /// Seconds to go; nil where nobody can tell, or where rows are not what is waited for.
    package var secondsRemaining: Double? {
        guard let expectedRows, let rate, rows < expectedRows, activity == nil else { return nil }
        return Double(expectedRows - rows) / rate
    }
}

/// About how many rows will come.
enum ExpectedRows {
    /// How much of a file is looked at.
    private static let sampleBytes = 64 << 10

    /// Of text files, from how long the first lines are; nil for files whose bytes are not lines.
    static func of(_ files: [SourceFile]) -> Int? {
        guard let first = files.first, !files.contains(where: { $0.path.hasSuffix(".gz") || $0.path.hasSuffix(".zst") }),
            let file = FileHandle(forReadingAtPath: first.absolutePath)
        else { return nil }
        defer { try? file.close() }
        guard let sample = try? file.read(upToCount: sampleBytes), !sample.isEmpty else { return nil }
        let lines = sample.count { $0 == UInt8(ascii: "\n") }
        let bytes = files.reduce(0) { $0 + $1.byteCount }
        return lines > 1 ? bytes * lines / sample.count : nil
    }
}
