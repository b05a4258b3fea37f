import Columnar
import Engine
import Synchronization

/// One running statement's hold on a connection, until closed.
final class DuckDBSession: Sendable {
    let connection: DuckDBConnection
    private let inputs: [ArrowStreamExport]
    private let running: RunningSessions
    private let release: @Sendable () -> Void
    private let state = Mutex((isCancelled: false, isClosed: false))

    /// `release` is called once, when the statement has ended.
    init(
        connection: DuckDBConnection, inputs: [ArrowStreamExport], running: RunningSessions, release: @escaping @Sendable () -> Void
    ) {
        self.connection = connection
        self.inputs = inputs
        self.running = running
        self.release = release
        running.add(self)
    }

    /// Runs `body`, turning DuckDB's account of a failure into its true cause, and closes the session if it throws.
    func run<Result>(_ body: (DuckDBConnection) throws -> Result) throws -> Result {
        do {
            try checkCancelled()
            return try body(connection)
        } catch {
            let fault = cause(of: error)
            close()
            throw fault
        }
    }

    /// The cancellation, or the error an input ended with, in place of DuckDB's words about it.
    func cause(of error: any Error) -> any Error {
        if state.withLock({ $0.isCancelled }) { return EngineFault.cancelled }
        return inputs.lazy.compactMap(\.failure).first ?? error
    }

    func checkCancelled() throws {
        if state.withLock({ $0.isCancelled }) { throw EngineFault.cancelled }
    }

    func cancel() {
        state.withLock {
            guard !$0.isClosed else { return }
            $0.isCancelled = true
            connection.interrupt()
        }
    }

    /// Gives the connection back; a second call does nothing.
    func close() {
        let wasClosed = state.withLock { state in
            defer { state.isClosed = true }
            return state.isClosed
        }
        guard !wasClosed else { return }
        running.remove(self)
        release()
    }
}

/// The statements under way, for cancelling.
final class RunningSessions: Sendable {
    /// Held weakly: the stream that reads a session decides how long it lives.
    private struct Weak: Sendable {
        weak let session: DuckDBSession?
    }

    private let sessions = Mutex<[ObjectIdentifier: Weak]>([:])

    func add(_ session: DuckDBSession) { sessions.withLock { $0[ObjectIdentifier(session)] = Weak(session: session) } }
    func remove(_ session: DuckDBSession) { sessions.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(session)) } }

    func cancelAll() {
        for session in sessions.withLock({ $0.values.compactMap(\.session) }) { session.cancel() }
    }
}
