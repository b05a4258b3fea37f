import Crypto
import Foundation
import Learning

/// What a fitted model is, as a hash: its files, without the account of when and how it was fitted.
package struct ModelDigest: Sendable, Hashable {
    private static let accounts = ["metadata.json", "SHA256SUMS"]

    package let byteCount: Int
    package let sha256: String

    /// Of the newest version; nil where there is none.
    package static func of(_ name: String, in workspace: Workspace) throws -> ModelDigest? {
        guard let version = try workspace.models.latest(name) else { return nil }
        let folder = "\(workspace.modelsFolder)/\(name)/v\(version)"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { !accounts.contains($0) && !$0.hasPrefix(".") }
            .sorted()
        guard !files.isEmpty else { throw BundleFault.damagedModel(folder) }
        var hash = SHA256()
        var byteCount = 0
        for file in files {
            guard let content = FileManager.default.contents(atPath: "\(folder)/\(file)") else { throw BundleFault.damagedModel(folder) }
            hash.update(data: Data("\(file) \(content.count)\n".utf8))
            hash.update(data: content)
            byteCount += content.count
        }
        return ModelDigest(byteCount: byteCount, sha256: Hexadecimal.text(hash.finalize()))
    }
}
