import Foundation

/// A path with `*`, `?`, `[…]` within folders' names, and `**` for any folders between.
struct GlobPattern {
    private let pattern: String

    init(_ pattern: String) { self.pattern = pattern }

    /// The files that match, folders left out, by path.
    func paths() -> [String] {
        let parts = pattern.components(separatedBy: "/**/")
        let starts = parts.count == 1 ? [pattern] : folders(below: parts[0]).map { $0 + "/" + parts.dropFirst().joined(separator: "/**/") }
        let matches = parts.count > 2 ? starts.flatMap { GlobPattern($0).paths() } : starts.flatMap(matches)
        return Set(matches.filter(isFile)).sorted()
    }

    private func matches(_ pattern: String) -> [String] {
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(pattern, GLOB_NOSORT, nil, &found) == 0 else { return [] }
        return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
    }

    /// The folders a pattern names, and all below them.
    private func folders(below pattern: String) -> [String] {
        matches(pattern).filter { !isFile($0) }.flatMap { folder in
            let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return [folder] + entries.filter { !$0.hasPrefix(".") }.flatMap { folders(below: folder + "/" + $0) }
        }
    }

    private func isFile(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
    }
}
