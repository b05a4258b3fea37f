import Foundation

/// The analyst's own editor, on a file that is there as long as it takes.
struct TextEditor {
    private let command: String
    private let files: SessionFiles

    init(_ files: SessionFiles) {
        self.files = files
        let environment = ProcessInfo.processInfo.environment
        command = ["VISUAL", "EDITOR"].compactMap { environment[$0] }.first { !$0.isBlank } ?? "vi"
    }

    /// What the text became; nil where the editor gave it up.
    func edit(_ text: String, named name: String) throws -> String? {
        let folder = URL(fileURLWithPath: files.path("edit"))
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("\(name).tick")
        try Data(text.utf8).write(to: file)
        // The command may have arguments of its own, as in EDITOR="code --wait".
        let code = try ChildSpawn("/bin/sh", ["sh", "-c", "\(command) \"$1\"", "sh", file.path]).run()
        guard code != 127 else { throw CommandFault.unstartable(command, reason: "there is no such editor; set EDITOR") }
        guard code == 0 else {
            Terminal.note("the editor ended with code \(code), so nothing was changed")
            return nil
        }
        return String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }
}
