import Crypto
import Foundation

/// The SHA-256 of each file of a version, as `sha256sum --check` reads them.
struct Checksums: Hashable {
    static let fileName = "SHA256SUMS"

    private(set) var digests: [String: String] = [:]

    init() {}

    /// nil where a line is not of the form `digest  name`.
    init?(text: String) {
        for line in text.split(separator: "\n") {
            guard let match = line.wholeMatch(of: /([0-9a-f]{64})  ([^\/]+)/) else { return nil }
            digests[String(match.2)] = String(match.1)
        }
    }

    var text: String { digests.sorted { $0.key < $1.key }.map { "\($0.value)  \($0.key)\n" }.joined() }

    mutating func add(_ name: String, _ content: Data) { digests[name] = Self.digest(of: content) }

    static func digest(of content: Data) -> String {
        SHA256.hash(data: content).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
