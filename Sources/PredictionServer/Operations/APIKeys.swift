import Crypto
import Foundation
import HTTPTypes

/// The keys that requests must carry one of, as `X-API-Key: KEY` or `Authorization: Bearer KEY`.
package struct APIKeys: Sendable {
    /// Keys shorter than this could be guessed.
    private static let leastLength = 16

    private let digests: [SHA256Digest]

    /// One key per line; empty lines and lines that begin with `#` are passed over.
    package init(text: String, path: String) throws {
        let keys = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty && !$0.hasPrefix("#") }
        guard !keys.isEmpty else { throw ServerFault("\(path) has no key; write one key per line, as from: openssl rand -hex 24") }
        if let line = keys.firstIndex(where: { $0.utf8.count < Self.leastLength }) {
            throw ServerFault(
                "key \(line + 1) of \(path) is shorter than \(Self.leastLength) characters; make a longer one, as from: openssl rand -hex 24"
            )
        }
        digests = keys.map { SHA256.hash(data: Data($0.utf8)) }
    }

    package init(file path: String) throws {
        guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8) else {
            throw ServerFault("the key file \(path) cannot be read; check its path and permissions")
        }
        try self.init(text: text, path: path)
    }

    func permit(_ headers: HTTPFields) -> Bool {
        guard let given = Self.key(in: headers) else { return false }
        let digest = SHA256.hash(data: Data(given.utf8))
        // Every key is compared, and digests compare in constant time, so the time taken tells nothing about keys.
        return digests.reduce(false) { found, key in digest == key || found }
    }

    private static func key(in headers: HTTPFields) -> Substring? {
        if let key = headers[.apiKey] { return key[...] }
        guard let authorization = headers[.authorization], authorization.prefix(7).lowercased() == "bearer " else { return nil }
        return authorization.dropFirst(7)
    }
}
