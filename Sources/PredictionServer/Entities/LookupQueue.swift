import Foundation
import Synchronization

/// Does what reads tables, a few requests at once, away from the threads that answer all others.
final class LookupQueue: Sendable {
    private let queue = OperationQueue()
    private let waiting = Atomic<Int>(0)
    private let limit: Int

    /// More than `limit` requests are turned away.
    init(limit: Int) {
        self.limit = limit
        queue.name = "tickbook.server.lookup"
        queue.maxConcurrentOperationCount = max(2, min(8, ProcessInfo.processInfo.activeProcessorCount))
    }

    func run<Answer: Sendable>(_ body: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        guard waiting.wrappingAdd(1, ordering: .relaxed).newValue <= limit else {
            waiting.wrappingSubtract(1, ordering: .relaxed)
            throw RequestFault.busy
        }
        defer { waiting.wrappingSubtract(1, ordering: .relaxed) }
        do {
            return try await withCheckedThrowingContinuation { continuation in
                queue.addOperation { continuation.resume(with: Result { try body() }) }
            }
        } catch let fault as FeatureFault {
            // What is wrong with a request's body is told of by whoever has it.
            if case .invalid = fault.kind { throw fault }
            throw fault.requestFault
        }
    }
}
