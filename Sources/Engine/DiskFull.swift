import Foundation

/// A disk without room for all the files that were being written, and how far they had come.
package struct DiskFull: Error, CustomStringConvertible {
    package let writtenBytes: Int

    /// Engines and the system's own calls all end in one of these texts, and so do faults made from their words.
    private static let reasons =
        [ENOSPC, EDQUOT].map { String(cString: strerror($0)) } + [CocoaError(.fileWriteOutOfSpace).localizedDescription]

    /// Whether `error` says, in whatever way, that a disk is full.
    package static func isCause(of error: any Error) -> Bool {
        if error is DiskFull || (error as? CocoaError)?.code == .fileWriteOutOfSpace { return true }
        let text = "\(error)"
        return reasons.contains(where: text.contains)
    }

    package var description: String { "\(Self.reasons[0]), after \(writtenBytes) bytes of new files" }
}
