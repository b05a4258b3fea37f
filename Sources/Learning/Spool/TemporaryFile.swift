import Foundation

/// A file without a name: nothing of it is left behind however the process ends.
final class TemporaryFile: Sendable {
    private let descriptor: Int32

    /// In `folder`, which must exist.
    init(folder: String) throws(LearningFault) {
        var template = Array((folder + "/samples-XXXXXX").utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw Self.cannotMake(in: folder) }
        unlink(template)
    }

    /// Tells of a folder that can take no file before rows are read.
    static func check(folder: String) throws(LearningFault) {
        guard access(folder, W_OK | X_OK) == 0 else { throw cannotMake(in: folder) }
    }

    private static func cannotMake(in folder: String) -> LearningFault {
        LearningFault("cannot make a temporary file for training rows in \(folder): \(systemMessage()); make the folder or free space")
    }

    deinit { close(descriptor) }

    func read(into bytes: UnsafeMutableRawBufferPointer, at offset: Int) throws(LearningFault) {
        var done = 0
        while done < bytes.count {
            let count = pread(descriptor, bytes.baseAddress! + done, bytes.count - done, offset + done)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw LearningFault("cannot read training rows back from their temporary file: \(systemMessage())") }
            done += count
        }
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(LearningFault) {
        var done = 0
        while done < bytes.count {
            let count = pwrite(descriptor, bytes.baseAddress! + done, bytes.count - done, offset + done)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw LearningFault("cannot write training rows to their temporary file: \(systemMessage()); free disk space")
            }
            done += count
        }
    }
}

/// What the last failed system call says.
func systemMessage() -> String { String(cString: strerror(errno)) }
