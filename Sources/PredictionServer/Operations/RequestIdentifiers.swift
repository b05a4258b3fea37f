import HTTPTypes
import Synchronization

extension HTTPField.Name {
    static let requestIdentifier = HTTPField.Name("X-Request-ID")!
    static let model = HTTPField.Name("X-Model")!
    static let modelVersion = HTTPField.Name("X-Model-Version")!
    static let apiKey = HTTPField.Name("X-API-Key")!
}

/// A name for each request, the same in its answer and in the log: the client's own, or else one that no other request has.
final class RequestIdentifiers: Sendable {
    private static let greatestLength = 128

    private let process = String(UInt64.random(in: .min ... .max), radix: 36)
    private let count = Atomic<Int>(0)

    func identifier(of headers: HTTPFields) -> String {
        if let given = headers[.requestIdentifier], Self.isFit(given) { return given }
        return process + "-" + String(count.wrappingAdd(1, ordering: .relaxed).newValue, radix: 36)
    }

    /// Long or unprintable names would only serve to spoil the log.
    private static func isFit(_ text: String) -> Bool {
        (1...greatestLength).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
    }
}
