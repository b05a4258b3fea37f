import Foundation

/// The door to a session's notebook file; what it held when it was last read is `NotebookText.onDisk`.
package struct NotebookFile: Sendable {
    package let path: String

    package init(path: String) { self.path = path }

    package func read() throws -> String { try NotebookSource.text(path) }

    /// The file's text where it is no longer `known`; nil where it is, or cannot be read for the moment, as while an editor writes it.
    package func change(since known: String?) -> String? {
        guard let text = try? read(), text != known else { return nil }
        return text
    }

    /// Writes the text as a whole. Throws `changedOutside` where the file is not what it was when last read.
    package func write(_ text: String, replacing known: String?) throws {
        let exists = access(path, F_OK) == 0
        if known != nil || exists {
            guard try exists && read() == known else { throw SessionFault.changedOutside(path: path) }
        }
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path).resolvingSymlinksInPath(), options: .atomic)
        } catch {
            throw SessionFault.unwritableNotebook(path: path, reason: WritableFolder.reason(of: error))
        }
    }
}
