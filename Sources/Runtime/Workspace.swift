package import DeltaTable
import Foundation
package import Learning

/// A folder with `data/` and `models/`.
package struct Workspace: Sendable {
    package let root: String

    /// `root` may be relative to the current folder.
    package init(root: String) {
        self.root = URL(fileURLWithPath: root).standardizedFileURL.path
    }

    package var dataFolder: String { root + "/data" }
    package var modelsFolder: String { root + "/models" }
    package var tables: TableCatalog { TableCatalog(root: dataFolder) }
    package var models: ModelRegistry { ModelRegistry(root: modelsFolder) }

    /// A folder on the workspace's own disk for what a run spills, made when first asked for.
    package func temporaryFolder() throws -> String {
        let folder = dataFolder + "/.tmp"
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw RunFault.unwritableWorkspace(path: folder, reason: reason(of: error))
        }
        return folder
    }

    /// A path of the notebook as a path of the system.
    func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : root + "/" + path }

    /// A path below the workspace as the notebook would write it.
    func relative(_ path: String) -> String { path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : path }

    private func reason(of error: any Error) -> String {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        return underlying.map { String(cString: strerror(Int32($0.code))) } ?? error.localizedDescription
    }
}
