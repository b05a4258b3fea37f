import Foundation

/// A file written as a whole or not at all; one that is replaced keeps its permissions, and a link to it stays a link.
struct WholeFile {
    private let path: String
    private let replaces: Bool

    /// The name that stands for standard output.
    static let standardOutput = "-"

    /// Throws where something is there that may not be replaced; `isOwn` says whether that holds what may always be.
    init(_ path: String, replaces: Bool, isOwn: ([UInt8]) -> Bool = { _ in false }) throws(CommandFault) {
        self.path = path == Self.standardOutput ? path : URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        self.replaces = replaces || FileHandle(forReadingAtPath: self.path).map { isOwn([UInt8]($0.readData(ofLength: 256))) } ?? false
        guard path != Self.standardOutput else { return }
        var information = stat()
        if stat(self.path, &information) == 0 {
            guard information.st_mode & S_IFMT == S_IFREG else { throw .unwritableFile(path, reason: "it is no plain file") }
            guard self.replaces else { throw .fileIsThere(path) }
        }
        let folder = (self.path as NSString).deletingLastPathComponent
        guard access(folder, W_OK) == 0 else {
            throw .unwritableFile(path, reason: "folder '\(folder)': \(String(cString: strerror(errno)))")
        }
    }

    func write(_ text: String) throws(CommandFault) { try write(Array(text.utf8)) }

    func write(_ bytes: [UInt8]) throws(CommandFault) {
        if path == Self.standardOutput { return Terminal.write(bytes) }
        let draft = (path as NSString).deletingLastPathComponent + "/.\((path as NSString).lastPathComponent).\(getpid()).part"
        defer { unlink(draft) }
        try fill(draft, bytes)
        guard (replaces ? rename(draft, path) : link(draft, path)) == 0 else {
            throw errno == EEXIST ? .fileIsThere(path) : fault()
        }
    }

    private func fill(_ draft: String, _ bytes: [UInt8]) throws(CommandFault) {
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw fault() }
        defer { close(descriptor) }
        var information = stat()
        if stat(path, &information) == 0 {
            // Of another owner's file only the permissions can be kept.
            _ = fchown(descriptor, information.st_uid, information.st_gid)
            guard fchmod(descriptor, information.st_mode & 0o7777) == 0 else { throw fault() }
        }
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw fault() }
            rest = rest.dropFirst(written)
        }
        guard fsync(descriptor) == 0 else { throw fault() }
    }

    private func fault() -> CommandFault { .unwritableFile(path, reason: String(cString: strerror(errno))) }
}
