import Foundation

/// The door to a session's notebook file; what it held when it was last read is `NotebookText.onDisk`.
package struct NotebookFile: Sendable {
    package let path: String

    package init(path: String) { self.path = path }

    package enum Change: Sendable, Hashable {
        case text(String)
        /// It is gone, or no text.
        case unreadable(reason: String)
    }

    package func read() throws(RunFault) -> String { try NotebookSource.text(path) }

    /// What became of the file where it no longer holds `known`.
    package func change(since known: String?) -> Change? {
        do throws(RunFault) {
            let text = try read()
            return text == known ? nil : .text(text)
        } catch {
            guard case .unreadableNotebook(_, let reason) = error else { return .unreadable(reason: "\(error)") }
            return .unreadable(reason: reason)
        }
    }

    package var isThere: Bool { access(path, F_OK) == 0 }

    /// Writes the text as a whole. Throws `changedOutside` where there is a file that is not what it was when last read.
    package func write(_ text: String, replacing known: String?) throws {
        if isThere {
            guard let known, try read() == known else { throw SessionFault.changedOutside(path: path) }
        }
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path).resolvingSymlinksInPath(), options: .atomic)
        } catch {
            throw SessionFault.unwritableNotebook(path: path, reason: reason(of: error))
        }
    }

    private func reason(of error: any Error) -> String {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        return access(folder, F_OK) == 0 ? WritableFolder.reason(of: error) : "the folder \(folder) is missing"
    }
}
