import Crypto
import Foundation

/// A file's size and SHA-256.
struct FileDigest: Hashable {
    let byteCount: Int
    let sha256: String

    /// Nil where it can't be read.
    init?(path: String) throws {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        var hash = SHA256()
        var byteCount = 0
        while let block = try file.read(upToCount: 4 << 20), !block.isEmpty {
            hash.update(data: block)
            byteCount += block.count
        }
        self.byteCount = byteCount
        sha256 = Hexadecimal.text(hash.finalize())
    }
}
