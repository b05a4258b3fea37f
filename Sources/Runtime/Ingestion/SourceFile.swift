import Crypto
import DeltaTable
import Foundation
import Language

/// A file of a glob, and what tells whether it is the one that was ingested.
struct SourceFile: Sendable {
    /// As the workspace names it, relative where it lies inside.
    let path: String
    let absolutePath: String
    let byteCount: Int
    /// Nanoseconds since 1970.
    let modified: Int64

    /// Whether size and time say that nothing changed since `ingested`; then its content need not be read.
    func looksLike(_ ingested: CommitRecord.IngestedFile) -> Bool {
        byteCount == ingested.byteCount && modified == ingested.modified
    }

    /// SHA-256 of the content, in hexadecimal.
    func contentHash() throws -> String {
        guard let file = FileHandle(forReadingAtPath: absolutePath) else {
            throw RunFault.unreadableFile(path: path, reason: String(cString: strerror(errno)))
        }
        defer { try? file.close() }
        var hash = SHA256()
        while let block = try file.read(upToCount: 4 << 20), !block.isEmpty { hash.update(data: block) }
        return hash.finalize().map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}

/// Finds the files a notebook's glob names.
struct SourceFiles {
    let workspace: Workspace

    /// The files of a glob in the order of their paths.
    func matching(_ glob: String) throws(SourceFault) -> [SourceFile] {
        let paths = GlobPattern(workspace.absolute(glob)).paths()
        guard !paths.isEmpty else { throw .noFiles(glob: glob, folder: workspace.root) }
        var files: [SourceFile] = []
        for path in paths {
            var information = stat()
            guard stat(path, &information) == 0 else {
                throw .unreadable(
                    path: workspace.relative(path), reason: String(cString: strerror(errno)),
                    remedy: "mend the file or its folder, then run again")
            }
            guard access(path, R_OK) == 0 else {
                throw .unreadable(
                    path: workspace.relative(path), reason: "permission denied", remedy: "give the user who runs Tickbook read access")
            }
            guard information.st_size > 0, !isBlank(path, byteCount: Int(information.st_size)) else {
                throw .emptyFile(path: workspace.relative(path))
            }
            files.append(
                SourceFile(
                    path: workspace.relative(path), absolutePath: path, byteCount: Int(information.st_size),
                    modified: Int64(information.st_mtim.tv_sec) * 1_000_000_000 + Int64(information.st_mtim.tv_nsec)))
        }
        return files
    }

    /// Whether a file holds nothing but spaces and line ends; no larger file is taken for one.
    private func isBlank(_ path: String, byteCount: Int) -> Bool {
        guard byteCount <= 4096, let content = FileManager.default.contents(atPath: path) else { return false }
        return content.allSatisfy { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: " ") }
    }
}
