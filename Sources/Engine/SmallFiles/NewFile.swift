#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file made at once and whole, where none was.
enum NewFile {
    /// Leaves no file behind when it throws, nor touches one that was there.
    static func create(_ path: String, _ content: [UInt8]) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw failure("make", path) }
        var fault = put(content, into: descriptor) ? nil : failure("write", path)
        if close(descriptor) != 0, fault == nil { fault = failure("close", path) }
        guard let fault else { return }
        unlink(path)
        throw fault
    }

    /// False, with `errno` set, when not all could be written.
    private static func put(_ content: [UInt8], into descriptor: Int32) -> Bool {
        content.withUnsafeBytes { bytes in
            var written = 0
            while written < bytes.count {
                let count = write(descriptor, bytes.baseAddress! + written, bytes.count - written)
                if count < 0, errno != EINTR { return false }
                written += max(count, 0)
            }
            return true
        }
    }

    /// The system's words stay in the message: a full disk is known by them.
    private static func failure(_ action: String, _ path: String) -> EngineFault {
        .statement(message: "cannot \(action) the new file `\(path)`: \(String(cString: strerror(errno)))")
    }
}
