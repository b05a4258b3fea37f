import Foundation
package import Indicators
package import Language
import Synchronization

/// The plugins of a workspace: those in its `plugins/` folder, and those its lock names elsewhere. The only one to load native code.
///
/// Invariant: code runs only while its SHA-256 is that in `plugins.lock`; so do `.tick` files that are in there, which they need not be.
package final class PluginRegistry: Sendable {
    private let workspace: String
    private let loaded = Mutex<[String: LoadedPlugin]>([:])

    package init(workspace: String) { self.workspace = workspace }

    package var names: [String] {
        let local = (try? FileManager.default.contentsOfDirectory(atPath: workspace + "/plugins")) ?? []
        let present = local.filter { FileManager.default.fileExists(atPath: "\(workspace)/plugins/\($0)/\(PluginManifest.fileName)") }
        return Set(present).union((try? lock().names) ?? []).sorted()
    }

    package func lock() throws(PluginFault) -> PluginLock { try PluginLock(workspace: workspace) }

    /// The folder of a plugin that notebooks call `name`.
    package func folder(_ name: String) throws(PluginFault) -> PluginFolder {
        let path = try lock()[name].map { absolute($0.folder) } ?? "\(workspace)/plugins/\(name)"
        let folder = try PluginFolder(path: path, mention: name)
        guard folder.manifest.name == name else {
            throw PluginFault(
                "\(path)/\(PluginManifest.fileName) names the plugin '\(folder.manifest.name)'", remedy: "name it '\(name)', as its folder")
        }
        return folder
    }

    /// Allows a plugin's code as it is now to run in this workspace.
    package func add(_ folder: PluginFolder) throws(PluginFault) {
        var lock = try lock()
        let entry = PluginLock.Entry(
            folder: relative(folder.path), version: folder.manifest.version, sha256: try folder.contentHash())
        lock.set(entry, for: folder.manifest.name)
        try lock.write()
    }

    package func remove(_ name: String) throws(PluginFault) {
        var lock = try lock()
        guard lock[name] != nil else {
            throw PluginFault(
                "plugins.lock has no plugin '\(name)'",
                remedy: lock.names.isEmpty ? "it is empty" : "it has \(lock.names.joined(separator: ", "))")
        }
        lock.remove(name)
        try lock.write()
    }

    // MARK: In use

    /// A plugin's functions and files; native code is loaded on the first call.
    package func contents(of name: String) throws(PluginFault) -> PluginContents {
        if let plugin = loaded.withLock({ $0[name] }) { return plugin.contents }
        let plugin = try load(name)
        loaded.withLock { $0[name] = plugin }
        return plugin.contents
    }

    /// The functions of the plugins in use, by identity.
    package var definitions: [String: SeriesDefinition] {
        loaded.withLock { plugins in
            plugins.values.reduce(into: [:]) { found, plugin in
                for definition in plugin.definitions { found[definition.function.identity] = definition }
            }
        }
    }

    /// A kind of model of a plugin in use; nil where there is none.
    package func model(_ identity: String) -> NativeModel? {
        loaded.withLock { $0.values.lazy.flatMap(\.models).first { $0.function.identity == identity } }
    }

    /// The plugins in use that have one of these functions, by name.
    package func users(of identities: Set<String>) -> [LoadedPlugin] {
        loaded.withLock { Array($0.values) }
            .filter { $0.definitions.contains { identities.contains($0.function.identity) } }
            .sorted { $0.name < $1.name }
    }

    /// A plugin in use; nil where it could not be.
    package func user(_ name: String) -> LoadedPlugin? { loaded.withLock { $0[name] } }

    private func load(_ name: String) throws(PluginFault) -> LoadedPlugin {
        let folder = try folder(name)
        let locked = try lock()[name]
        if locked == nil, !folder.isNative { return try LoadedPlugin(files: folder) }
        guard let entry = locked else {
            throw PluginFault(
                "its native code is not allowed in this workspace", remedy: "if you trust it, run: tickbook plugin add \(name)")
        }
        let hash = try folder.contentHash()
        guard hash == entry.sha256 else {
            throw PluginFault(
                folder.isNative
                    ? "its library \(relative(folder.libraryPath)) is not the one in plugins.lock"
                    : "its files in \(relative(folder.path)) are not those in plugins.lock",
                remedy: "if you trust the change, run: tickbook plugin add \(name)")
        }
        return folder.isNative ? try LoadedPlugin(native: folder, hash: hash) : try LoadedPlugin(files: folder)
    }

    private func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : workspace + "/" + path }

    private func relative(_ path: String) -> String {
        path.hasPrefix(workspace + "/") ? String(path.dropFirst(workspace.count + 1)) : path
    }
}

/// A plugin that was read, its native code loaded.
package struct LoadedPlugin: Sendable {
    package let name: String
    package let version: String
    /// SHA-256 of its library or its `.tick` files.
    package let hash: String
    package let definitions: [SeriesDefinition]
    package let models: [NativeModel]
    package let contents: PluginContents

    /// Loads native code, which whoever calls has been told to trust.
    package init(native folder: PluginFolder, hash: String) throws(PluginFault) {
        name = folder.manifest.name
        version = folder.manifest.version
        self.hash = hash
        let library = try NativeLibrary(folder)
        definitions = try library.definitions(hash: hash)
        models = try library.models(hash: hash)
        contents = PluginContents(functions: definitions.map(\.function), models: models.map(\.function))
    }

    /// Reads the `.tick` files of a plugin without native code.
    package init(files folder: PluginFolder) throws(PluginFault) {
        name = folder.manifest.name
        version = folder.manifest.version
        hash = try folder.contentHash()
        definitions = []
        models = []
        var files: [IndicatorFile] = []
        for path in folder.tickFiles {
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                throw PluginFault("\(path) can't be read as UTF-8", remedy: "save it as UTF-8")
            }
            files.append(IndicatorFile(path: path, text: text))
        }
        contents = PluginContents(indicatorFiles: files)
    }
}
