import Dispatch
import Synchronization

/// Does what reads tables, one request after another, away from the threads that answer all others.
final class LookupQueue: Sendable {
    private let queue = DispatchQueue(label: "tickbook.server.lookup")
    private let waiting = Atomic<Int>(0)
    private let limit: Int

    /// More than `limit` requests are turned away.
    init(limit: Int) { self.limit = limit }

    func run<Answer: Sendable>(_ body: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        guard waiting.wrappingAdd(1, ordering: .relaxed).newValue <= limit else {
            waiting.wrappingSubtract(1, ordering: .relaxed)
            throw RequestFault.busy
        }
        defer { waiting.wrappingSubtract(1, ordering: .relaxed) }
        do {
            return try await withCheckedThrowingContinuation { continuation in
                queue.async { continuation.resume(with: Result { try body() }) }
            }
        } catch let fault as FeatureFault {
            throw fault.requestFault
        }
    }
}
