/// The files of a bundle that are written rather than copied, by path.
struct BundleTexts {
    let lock: BundleLock
    let notebook: String
    let overrides: [String: String]

    var all: [(path: String, text: String)] {
        var files = [("run", runScript), ("README.md", readme), ("Dockerfile", dockerfile), ("\(name).service", service)]
        if lock[.serve].first != nil { files.append(("\(name).nginx.conf", nginx)) }
        return files
    }

    /// Of the bundle, in file names.
    var name: String {
        let stem = notebook.hasSuffix(".md") ? String(notebook.dropLast(3)) : notebook
        return String(stem.map { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" ? $0 : "-" })
    }

    var model: String? { lock[.serve].first?.words[0] }
    var port: String { lock[.serve].first?.words[1] ?? "8000" }
    var version: String { lock[.tickbook].first?.words[0] ?? "" }

    /// As one word of a shell's command.
    func shellQuoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}
