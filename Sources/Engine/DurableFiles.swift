import CFileSystem
import Foundation

/// Makes new files survive a power cut.
package enum DurableFiles {
    /// Above this number one sync of the whole file system costs less than one per file.
    private static let fewFiles = 16

    /// Syncs files and the folders that name them, all `below` a directory.
    package static func sync(_ paths: [String], below directory: String) throws {
        if paths.count > fewFiles { return try withDescriptor(directory) { tickbook_sync_file_system($0) } }
        for path in paths { try withDescriptor(directory + "/" + path) { fsync($0) } }
        let folders = Set(paths.flatMap { foldersAbove($0[...]) }).union([""])
        for folder in folders { try withDescriptor(directory + "/" + folder) { fsync($0) } }
    }

    private static func foldersAbove(_ path: Substring) -> [String] {
        guard let slash = path.lastIndex(of: "/") else { return [] }
        return [String(path[..<slash])] + foldersAbove(path[..<slash])
    }

    private static func withDescriptor(_ path: String, _ sync: (Int32) -> Int32) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", path) }
        defer { close(descriptor) }
        guard sync(descriptor) == 0 else { throw failure("sync", path) }
    }

    private static func failure(_ action: String, _ path: String) -> EngineFault {
        .statement(message: "cannot \(action) `\(path)` just written: \(String(cString: strerror(errno)))")
    }
}
