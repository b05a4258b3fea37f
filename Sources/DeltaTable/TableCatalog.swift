import Foundation

/// The tables of a workspace's data folder: `raw.stocks` is the folder `raw/stocks`.
package struct TableCatalog: Sendable {
    package let root: String
    private let checkpoints: (any CheckpointFormat)?

    package init(root: String, checkpoints: (any CheckpointFormat)? = nil) {
        self.root = root
        self.checkpoints = checkpoints
    }

    package func folder(of name: String) -> String { root + "/" + name.replacing(".", with: "/") }

    package func table(_ name: String) -> DeltaTable { DeltaTable(root: folder(of: name), checkpoints: checkpoints) }

    package func exists(_ name: String) -> Bool {
        TableCatalog.isTableName(name) && table(name).hasLog
    }

    /// The names of all tables, sorted; folders whose name is no identifier are passed over.
    package func names() throws -> [String] {
        guard isFolder(root) else { return [] }
        return try names(below: root, prefix: "").sorted()
    }

    /// `raw.stocks`: identifiers with dots between.
    package static func isTableName(_ name: String) -> Bool {
        name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy(isIdentifier)
    }

    private func names(below folder: String, prefix: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).flatMap { entry -> [String] in
            let path = folder + "/" + entry
            guard TableCatalog.isIdentifier(entry), isFolder(path) else { return [] }
            let name = prefix + entry
            return (exists(name) ? [name] : []) + (try names(below: path, prefix: name + "."))
        }
    }

    private static func isIdentifier(_ text: some StringProtocol) -> Bool {
        guard let first = text.first, first.isLetter || first == "_", text != "_delta_log" else { return false }
        return text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    }

    private func isFolder(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
    }
}
