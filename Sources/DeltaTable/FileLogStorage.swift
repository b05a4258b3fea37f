import Engine
import Foundation
import Glibc

/// A table's log in its folder `_delta_log`.
package struct FileLogStorage: LogStorage {
    /// The table's folder; the log is `_delta_log` in it.
    package let root: String
    package var location: String { root + "/_delta_log" }

    package init(root: String) { self.root = root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root }

    package func list() throws -> [String] {
        guard let folder = opendir(location) else {
            if errno == ENOENT || errno == ENOTDIR { return [] }
            throw fault("list", location)
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            names.append(
                withUnsafePointer(to: entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                })
        }
        return names
    }

    package func read(_ name: String) throws -> [UInt8]? {
        let path = location + "/" + name
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw fault("read", path)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw fault("read", path) }
        let byteCount = Int(status.st_size)
        return try [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, filled in
            while filled < byteCount {
                let count = Glibc.read(descriptor, buffer.baseAddress! + filled, byteCount - filled)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { throw fault("read", path) }
                if count == 0 { break }
                filled += count
            }
        }
    }

    package func contains(_ name: String) throws -> Bool {
        let path = location + "/" + name
        if access(path, F_OK) == 0 { return true }
        if errno == ENOENT || errno == ENOTDIR { return false }
        throw fault("read", path)
    }

    /// Writes under a temporary name, syncs, then links: `link(2)` fails where the name exists, which a rename does not.
    package func putIfAbsent(_ name: String, _ content: [UInt8]) throws -> Bool {
        try makeLogFolder()
        let target = location + "/" + name
        if try contains(name) { return false }
        Failpoint.beforeTemporaryLogFile.reach()
        let temporary = location + "/." + name + "." + UUID().uuidString + ".tmp"
        try writeSynced(content, to: temporary, as: target)
        Failpoint.afterTemporarySync.reach()
        defer { unlink(temporary) }
        guard link(temporary, target) == 0 else {
            if errno == EEXIST { return false }
            throw fault("publish", target, neededBytes: content.count)
        }
        Failpoint.afterLink.reach()
        // Every reader sees the version now: a fault here must not make the writer believe that its files are not wanted.
        try? syncFolder(location)
        Failpoint.afterFolderSync.reach()
        return true
    }

    package func put(_ name: String, _ content: [UInt8]) throws {
        try makeLogFolder()
        let target = location + "/" + name
        let temporary = location + "/." + name + "." + UUID().uuidString + ".tmp"
        try writeSynced(content, to: temporary, as: target)
        guard rename(temporary, target) == 0 else {
            defer { unlink(temporary) }
            throw fault("publish", target, neededBytes: content.count)
        }
    }

    package func missing(_ paths: [String]) -> [String] { paths.filter { access(root + "/" + $0, F_OK) != 0 } }

    private func makeLogFolder() throws {
        if access(location, F_OK) == 0 { return }
        do {
            try FileManager.default.createDirectory(atPath: location, withIntermediateDirectories: true)
        } catch {
            throw folderFault(error)
        }
        try syncFolder(root)
        try syncFolder((root as NSString).deletingLastPathComponent.isEmpty ? "." : (root as NSString).deletingLastPathComponent)
    }

    private func folderFault(_ error: any Error) -> DeltaFault {
        switch (error as? CocoaError)?.code {
        case .fileWriteNoPermission: .notPermitted(path: location, action: "create")
        case .fileWriteOutOfSpace: .noSpace(path: location, neededBytes: 4096)
        default: .storage(path: location, action: "create", reason: "\(error.localizedDescription)")
        }
    }

    private func writeSynced(_ content: [UInt8], to path: String, as target: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw fault("write", target, neededBytes: content.count) }
        defer { close(descriptor) }
        do {
            try content.withUnsafeBytes { bytes in
                var written = 0
                while written < bytes.count {
                    let count = write(descriptor, bytes.baseAddress! + written, bytes.count - written)
                    if count < 0, errno == EINTR { continue }
                    guard count > 0 else { throw fault("write", target, neededBytes: content.count) }
                    written += count
                }
            }
            Failpoint.afterTemporaryLogFile.reach()
            guard fsync(descriptor) == 0 else { throw fault("write", target, neededBytes: content.count) }
        } catch {
            unlink(path)
            throw error
        }
    }
}

extension FileLogStorage {
    package func settle(_ files: [(path: String, byteCount: Int)]) throws -> [Int64] {
        let times = try files.map { try modificationTime(of: $0.path, byteCount: $0.byteCount) }
        try syncFolders(of: files.map(\.path))
        return times
    }

    private func modificationTime(of path: String, byteCount: Int) throws -> Int64 {
        var status = stat()
        let full = root + "/" + path
        guard stat(full, &status) == 0 else { throw fault("find the data file", full) }
        guard Int(status.st_size) == byteCount else {
            throw DeltaFault.commit(
                table: root, problem: "data file \(path) has \(status.st_size) bytes, its writer reported \(byteCount); write it again")
        }
        return Int64(status.st_mtim.tv_sec) * 1000 + Int64(status.st_mtim.tv_nsec) / 1_000_000
    }

    /// A new file survives a power cut only when the entries of all folders down to it do. The first sync settles a journalling
    /// file system; the others find nothing left to write.
    private func syncFolders(of paths: [String]) throws {
        var folders: Set<Substring> = paths.isEmpty ? [] : [""]
        for path in paths {
            var folder = path[...]
            while let slash = folder.lastIndex(of: "/") {
                folder = folder[..<slash]
                guard folders.insert(folder).inserted else { break }
            }
        }
        for folder in folders { try syncFolder(folder.isEmpty ? root : root + "/" + folder) }
    }

    private func syncFolder(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault("sync", path) }
        defer { close(descriptor) }
        // Some network file systems have no sync of folders and say EINVAL; there is nothing more to do there.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw fault("sync", path) }
    }

    private func fault(_ action: String, _ path: String, neededBytes: Int = 0) -> DeltaFault {
        switch errno {
        case ENOSPC, EDQUOT: .noSpace(path: path, neededBytes: neededBytes)
        case EACCES, EROFS: .notPermitted(path: path, action: action)
        case EPERM, ENOTSUP, EMLINK:
            .storage(
                path: path, action: action,
                reason: "\(String(cString: strerror(errno))); a workspace needs a file system with hard links, such as ext4 or xfs")
        default: .storage(path: path, action: action, reason: String(cString: strerror(errno)))
        }
    }
}
