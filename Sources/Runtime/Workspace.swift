package import DeltaTable
import Engine
import Foundation
package import Learning
package import PluginHost

/// A folder with `data/`, `models/`, `plugins/` and `plugins.lock`.
package struct Workspace: Sendable {
    package let root: String
    package let plugins: PluginRegistry
    private var checkpoints: (any CheckpointFormat)?

    /// `root` may be relative to the current folder.
    package init(root: String) {
        self.root = URL(fileURLWithPath: root).standardizedFileURL.path
        plugins = PluginRegistry(workspace: self.root)
    }

    /// The same folder, whose tables write checkpoints and read them.
    func keepingCheckpoints(_ checkpoints: any CheckpointFormat) -> Workspace {
        var workspace = self
        workspace.checkpoints = checkpoints
        return workspace
    }

    package var dataFolder: String { root + "/data" }
    package var modelsFolder: String { root + "/models" }
    package var tables: TableCatalog { TableCatalog(root: dataFolder, checkpoints: checkpoints) }
    package var models: ModelRegistry { ModelRegistry(root: modelsFolder, plugins: plugins) }

    /// Where this process may spill, on the workspace's own disk; made by whoever spills.
    package var temporaryPath: String { dataFolder + "/" + Self.temporaryPrefix + String(getpid()) }
    private static let temporaryPrefix = ".tmp-"

    /// `temporaryPath`, made.
    package func temporaryFolder() throws -> String {
        try WritableFolder.make(temporaryPath)
        return temporaryPath
    }

    /// Takes away what this process spilled, and what processes that were killed left behind.
    package func removeTemporaryFolders() {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: dataFolder)) ?? []
        for entry in entries where entry.hasPrefix(Self.temporaryPrefix) {
            guard let process = Int32(entry.dropFirst(Self.temporaryPrefix.count)), process > 0 else { continue }
            guard process == getpid() || kill(process, 0) != 0 && errno == ESRCH else { continue }
            try? FileManager.default.removeItem(atPath: dataFolder + "/" + entry)
        }
    }

    /// How much room is left where `error` says that there was not enough.
    func freeBytesIfFull(after error: any Error) -> Int? {
        guard DiskFull.isCause(of: error) else { return nil }
        var information = statvfs()
        guard statvfs(root, &information) == 0 else { return nil }
        return Int(information.f_bavail) * Int(information.f_frsize)
    }

    /// A path of the notebook as a path of the system.
    func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : root + "/" + path }

    /// A path below the workspace as the notebook would write it.
    func relative(_ path: String) -> String { path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : path }
}

/// Folders made before something is written into them.
enum WritableFolder {
    static func make(_ folder: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw RunFault.unwritableWorkspace(path: folder, reason: reason(of: error))
        }
        guard access(folder, W_OK) == 0 else { throw RunFault.unwritableWorkspace(path: folder, reason: String(cString: strerror(errno))) }
    }

    /// Removes `folder` and those above it, up to but without `root`, as far as they are empty.
    static func removeEmpty(_ folder: String, below root: String) {
        var folder = folder
        while folder.hasPrefix(root + "/"), rmdir(folder) == 0 { folder = (folder as NSString).deletingLastPathComponent }
    }

    static func reason(of error: any Error) -> String {
        let error = error as NSError
        let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
        if underlying.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(underlying.code))) }
        switch CocoaError.Code(rawValue: error.code) {
        case .fileWriteNoPermission: return String(cString: strerror(EACCES))
        case .fileWriteOutOfSpace: return String(cString: strerror(ENOSPC))
        case .fileWriteVolumeReadOnly: return String(cString: strerror(EROFS))
        default: return error.localizedDescription
        }
    }
}
