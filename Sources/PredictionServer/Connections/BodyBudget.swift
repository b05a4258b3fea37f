import Hummingbird
import NIOCore
import Synchronization

/// Memory for bodies that are being received, of all connections together.
final class BodyBudget: Sendable {
    private let limit: Int
    private let used = Atomic<Int>(0)

    init(limit: Int) { self.limit = limit }

    func take(_ count: Int) -> Bool {
        if used.wrappingAdd(count, ordering: .relaxed).newValue <= limit { return true }
        giveBack(count)
        return false
    }

    func giveBack(_ count: Int) { used.wrappingSubtract(count, ordering: .relaxed) }
}

/// Receives bodies up to a size.
struct BodyReader: Sendable {
    let limit: Int
    let budget: BodyBudget

    func read(_ request: Request) async throws -> ByteBuffer {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { throw tooLarge }
        var taken = 0
        defer { budget.giveBack(taken) }
        var body = ByteBuffer()
        for try await part in request.body {
            guard body.readableBytes + part.readableBytes <= limit else { throw tooLarge }
            guard budget.take(part.readableBytes) else { throw RequestFault.busy }
            taken += part.readableBytes
            if body.readableBytes == 0 { body = part } else { body.writeImmutableBuffer(part) }
        }
        return body
    }

    private var tooLarge: RequestFault { RequestFault(.contentTooLarge, "body is larger than \(limit) bytes") }
}
