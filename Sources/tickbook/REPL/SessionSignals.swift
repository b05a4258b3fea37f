import Foundation
import Runtime
import Synchronization

/// What signals mean to a session: Ctrl-C ends what runs and not the session; a polite end ends the session in order.
final class SessionSignals {
    private final class State: Sendable {
        private let content = Mutex((isRunning: false, ending: Int32?.none))

        var isRunning: Bool { content.withLock { $0.isRunning } }
        var ending: Int32? { content.withLock { $0.ending } }

        func set(running: Bool) { content.withLock { $0.isRunning = running } }
        func end(_ signal: Int32) { content.withLock { $0.ending = $0.ending ?? signal } }
    }

    private let state = State()
    private let provider: EngineProvider

    /// `interrupt` and `end` are called from another thread, while nothing runs.
    init(cancelling provider: EngineProvider, interrupt: @escaping @Sendable () -> Void, end: @escaping @Sendable () -> Void) {
        self.provider = provider
        let state = state
        SignalWatch.take([SIGINT, SIGTERM, SIGHUP]) { number in
            if number != SIGINT { state.end(number) }
            if state.isRunning { provider.cancel() }
            if number != SIGINT { end() } else if !state.isRunning { interrupt() }
        }
        // A broken pipe is an error of writing, which is reported where it is met.
        signal(SIGPIPE, SIG_IGN)
    }

    /// The signal that ends the session, once one has come.
    var ending: Int32? { state.ending }

    /// Work that Ctrl-C may end.
    func running<Result>(_ body: () throws -> Result) rethrows -> Result {
        provider.renew()
        state.set(running: true)
        // One that ends the session may have come before.
        if state.ending != nil { provider.cancel() }
        defer { state.set(running: false) }
        return try body()
    }
}
