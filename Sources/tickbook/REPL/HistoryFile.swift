import Foundation

/// What was typed in a workspace, oldest first: one input per line of the file, its own line breaks written `\n`.
///
/// Several sessions may append at once; a damaged or missing file is an empty one, since history is a convenience.
struct HistoryFile {
    /// How many inputs are kept.
    static let limit = 5_000
    let path: String

    /// At most `limit`. A file grown to twice that is cut.
    func entries() -> [String] {
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
        let kept = lines.suffix(Self.limit)
        if lines.count >= 2 * Self.limit { replace(kept) }
        return kept.map(Self.decoded)
    }

    /// Adds an input; what cannot be kept is not.
    func append(_ entry: String) {
        let folder = (path as NSString).deletingLastPathComponent
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let bytes = Array((Self.encoded(entry) + "\n").utf8)
        // In one call, so that sessions at the same time don't mix their lines.
        _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }

    private func replace(_ lines: ArraySlice<Substring>) {
        let new = path + ".\(getpid())"
        let text = lines.joined(separator: "\n") + "\n"
        guard FileManager.default.createFile(atPath: new, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]) else { return }
        if rename(new, path) != 0 { unlink(new) }
    }

    private static func encoded(_ entry: String) -> String {
        entry.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    }

    private static func decoded(_ line: Substring) -> String {
        var text = ""
        var isEscaped = false
        for character in line {
            if isEscaped {
                text.append(character == "n" ? "\n" : character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                text.append(character)
            }
        }
        return text
    }
}
