package import Engine
package import Planner
import Synchronization

/// The engine, opened when first needed, so that a run with nothing to do never waits for it.
package final class EngineProvider: Sendable {
    package struct Opened: Sendable {
        package let engine: any Engine
        package let dialect: any SQLDialect

        package init(engine: any Engine, dialect: any SQLDialect) {
            self.engine = engine
            self.dialect = dialect
        }
    }

    private struct State {
        var opened: Opened?
        var isCancelled = false
    }

    private let open: @Sendable () throws -> Opened
    private let state = Mutex(State())
    /// Apart from the state, since opening takes a while and nobody else should wait for it.
    private let opening = Mutex(())

    package init(open: @escaping @Sendable () throws -> Opened) { self.open = open }

    package func get() throws -> Opened {
        if let opened = try opened() { return opened }
        return try opening.withLock { _ in
            if let opened = try opened() { return opened }
            let opened = try open()
            state.withLock { $0.opened = opened }
            return opened
        }
    }

    private func opened() throws -> Opened? {
        try state.withLock { state in
            if state.isCancelled { throw RunFault.interrupted }
            return state.opened
        }
    }

    /// Ends what runs and lets nothing begin; callable from any thread.
    package func cancel() {
        let engine = state.withLock { state in
            state.isCancelled = true
            return state.opened?.engine
        }
        engine?.cancel()
    }

    /// Lets statements begin again after `cancel`; a session goes on where a run would end.
    package func renew() { state.withLock { $0.isCancelled = false } }

    package var isCancelled: Bool { state.withLock { $0.isCancelled } }

    package func checkCancellation() throws { if isCancelled { throw RunFault.interrupted } }
}
