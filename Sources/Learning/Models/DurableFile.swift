import Foundation

/// Files that are safe on disk before anything names them.
enum DurableFile {
    /// Writes a new file.
    static func write(_ data: Data, to path: String) throws(LearningFault) {
        do {
            try data.write(to: URL(fileURLWithPath: path))
        } catch {
            throw LearningFault("cannot write \(path): \(error.localizedDescription); check the folder's permissions and free space")
        }
        try synchronize(path)
    }

    /// Puts a file in another's place in one step: readers see the one or the other, whole.
    static func replace(_ path: String, with data: Data) throws(LearningFault) {
        let folder = (path as NSString).deletingLastPathComponent
        let draft = "\(folder)/.draft-\(UUID().uuidString)"
        defer { unlink(draft) }
        try write(data, to: draft)
        guard rename(draft, path) == 0 else { throw LearningFault("cannot replace \(path): \(systemMessage())") }
        try synchronize(folder)
    }

    /// Returns once the file or folder at `path` is safe on disk.
    static func synchronize(_ path: String) throws(LearningFault) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw LearningFault("cannot make \(path) safe on disk: \(systemMessage())")
        }
    }

    /// Runs `body` while no other process or thread does so for the same folder. A lock ends with its process.
    static func locking<Result>(_ folder: String, _ body: () throws -> Result) throws -> Result {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw LearningFault("cannot open \(folder): \(systemMessage())") }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw LearningFault("cannot lock \(folder): \(systemMessage())") }
        }
        return try body()
    }
}
