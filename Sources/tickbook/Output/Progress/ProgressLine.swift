import Dispatch
import Runtime
import Synchronization

/// Shows how far a run has come: on a terminal as one line that is redrawn and taken away at the end, elsewhere as a line per cell.
/// What is done within half a second is not spoken of. It all goes where errors go.
final class ProgressLine: Sendable {
    /// From when on a statement or a cell is spoken of.
    static let patience = 0.5
    private static let interval = DispatchTimeInterval.milliseconds(100)
    /// Events are for programs, which need no moving picture.
    private static let ticksPerEvent = 10

    private struct State {
        var isPaused = false
        var isStopped = false
        var ticks = 0
    }

    private let progress: RunProgress
    private let events: RunEvents?
    private let showsLine: Bool
    private let state = Mutex(State())
    /// Dispatch's own objects may be used by any thread.
    nonisolated(unsafe) private let timer: any DispatchSourceTimer

    init(_ progress: RunProgress, _ verbosity: Verbosity = .normal, events: RunEvents? = nil) {
        self.progress = progress
        self.events = events
        timer = DispatchSource.makeTimerSource(queue: .global())
        showsLine = verbosity != .quiet && Terminal.showsPassingLines
        progress.observe { cell in
            let isSpokenOf = verbosity == .verbose || verbosity == .normal && !Terminal.showsPassingLines && cell.seconds > Self.patience
            if isSpokenOf { Terminal.note(ProgressText.line(cell)) }
        }
        start()
    }

    deinit { stop() }

    private func start() {
        timer.schedule(deadline: .now() + Self.interval, repeating: Self.interval)
        timer.setEventHandler { [weak self] in self?.tick() }
        timer.resume()
    }

    private func tick() {
        // Under the lock, so that nothing is shown once `stop` has returned.
        state.withLock { state in
            guard !state.isStopped, !state.isPaused, let moment = progress.moment else { return }
            state.ticks += 1
            if let events, moment.seconds > Self.patience, state.ticks.isMultiple(of: Self.ticksPerEvent) {
                events.progress(moment, totalRows: progress.totalRows)
            }
            guard showsLine else { return }
            Terminal.pass(moment.seconds > Self.patience ? ProgressText.line(moment, width: Terminal.widthOfErrors) : nil)
        }
    }

    /// Nothing is shown any more.
    func stop() {
        timer.cancel()
        state.withLock { $0.isStopped = true }
        Terminal.pass(nil)
        progress.observe { _ in }
    }

    /// Nothing is shown while rows or charts are printed.
    func pausing<Result>(_ body: () throws -> Result) rethrows -> Result {
        state.withLock { $0.isPaused = true }
        Terminal.pass(nil)
        defer { state.withLock { $0.isPaused = false } }
        return try body()
    }
}
