import ServiceLifecycle

/// Tells that no more requests should come before the server stops listening.
struct Draining: Service {
    let readiness: Readiness
    let delay: Duration
    let log: ServerLog

    func run() async throws {
        try await gracefulShutdown()
        readiness.beginDraining()
        log.note(.info, "ending")
        log.flush()
        try await Task.sleep(for: delay)
    }
}
