import Foundation

/// What vacuum deletes, or would.
package struct VacuumOutcome: Sendable, Hashable {
    package struct File: Sendable, Hashable {
        /// Below the table's folder.
        package let path: String
        package let byteCount: Int
    }

    package var files: [File]
    package var folderCount = 0
    package let retentionHours: Int

    package var byteCount: Int { files.reduce(0) { $0 + $1.byteCount } }
}

extension DeltaTable {
    /// Deletes data files that no version within the retention names: those removed from the table longer ago, and those written longer
    /// ago and never committed; and saved states of that age that are not the newest version's. A retention below the table's own needs `force`.
    package func vacuum(retentionHours: Int? = nil, force: Bool = false, dryRun: Bool = false) throws -> VacuumOutcome {
        guard let snapshot = try snapshot() else { throw DeltaFault.unknownVersion(table: root, asked: 0, available: nil) }
        let safe = snapshot.metadata.deletedFileRetention
        let asked = retentionHours.map { Int64($0) * 3_600_000 } ?? safe
        guard asked >= safe || force else {
            throw DeltaFault.retention(asked: Int(asked / 3_600_000), safe: Int((safe + 3_599_999) / 3_600_000))
        }
        let oldest = millisecondsNow() - asked
        let removals = try reconciled(at: snapshot.version, listing(), fromStart: true).removals
        let present = Set(snapshot.files.map(\.key))
        let folder = TableFolder(root: root)
        let doomed =
            try folder.files().filter { file in
                let key = PartitionPath.uriEncoded(file.path)
                if present.contains(key) { return false }
                if let removal = removals[key] { return (removal ?? 0) < oldest }
                return file.isNamedByWriters && file.modified < oldest
            } + folder.stateFiles().filter { $0.path != snapshot.lastCommit.record?.savedStates && $0.modified < oldest }
        var outcome = VacuumOutcome(
            files: doomed.map { VacuumOutcome.File(path: $0.path, byteCount: $0.byteCount) }, retentionHours: Int(asked / 3_600_000))
        if !dryRun { outcome.folderCount = try folder.delete(doomed.map(\.path)) }
        return outcome
    }
}

/// The data files in a table's folder, whether the log names them or not.
private struct TableFolder {
    let root: String

    struct File {
        let path: String
        let byteCount: Int
        /// Milliseconds since 1970.
        let modified: Int64

        /// Files that nobody committed are taken for leftovers of a writer only by the names all Delta writers give: nothing that a
        /// user put there is.
        var isNamedByWriters: Bool {
            let name = path.split(separator: "/").last ?? ""
            return name.hasPrefix("part-") && name.hasSuffix(".parquet")
        }
    }

    func files() throws -> [File] { try files(in: "").sorted { $0.path < $1.path } }

    func stateFiles() throws -> [File] {
        var status = stat()
        guard lstat(absolute(DeltaTable.statesFolder), &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return [] }
        return try files(in: DeltaTable.statesFolder).sorted { $0.path < $1.path }
    }

    private func files(in folder: String) throws -> [File] {
        try FileManager.default.contentsOfDirectory(atPath: absolute(folder)).flatMap { name -> [File] in
            let path = folder.isEmpty ? name : folder + "/" + name
            // The protocol leaves hidden names to others, but a partition column may begin with an underscore.
            if name.hasPrefix(".") || name.hasPrefix("_") && !name.contains("=") { return [] }
            var status = stat()
            guard lstat(absolute(path), &status) == 0 else { return [] }
            switch status.st_mode & S_IFMT {
            case S_IFREG:
                let modified = Int64(status.st_mtim.tv_sec) * 1000 + Int64(status.st_mtim.tv_nsec) / 1_000_000
                return [File(path: path, byteCount: Int(status.st_size), modified: modified)]
            // The table `a` is the folder around the table `a.b`.
            case S_IFDIR: return isTable(path) ? [] : try files(in: path)
            default: return []
            }
        }
    }

    /// Deletes files, and folders that are empty then; returns how many folders.
    func delete(_ paths: [String]) throws -> Int {
        for path in paths where unlink(absolute(path)) != 0 && errno != ENOENT {
            throw DeltaFault.storage(path: absolute(path), action: "delete", reason: String(cString: strerror(errno)))
        }
        var folders = 0
        for path in paths {
            var folder = (path as NSString).deletingLastPathComponent
            while !folder.isEmpty, rmdir(absolute(folder)) == 0 {
                folders += 1
                folder = (folder as NSString).deletingLastPathComponent
            }
        }
        return folders
    }

    private func isTable(_ path: String) -> Bool { access(absolute(path) + "/_delta_log", F_OK) == 0 }

    private func absolute(_ path: String) -> String { path.isEmpty ? root : root + "/" + path }
}
