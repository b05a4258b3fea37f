import Columnar
import Engine
import Foundation
import Language
import PluginHost

/// Writes a notebook as a folder that runs elsewhere and says what has to come out.
///
/// Invariant: the same notebook, parameters, inputs and results give the same bytes, whenever and wherever it is written.
package struct BundleWriter {
    private let context: RunContext
    private let loaded: LoadedNotebook
    private let overrides: [String: String]
    private let notebookPath: String
    private let folder: String

    package init(context: RunContext, loaded: LoadedNotebook, overrides: [String: String], notebook: String, folder: String) {
        self.context = context
        self.loaded = loaded
        self.overrides = overrides
        notebookPath = notebook
        self.folder = URL(fileURLWithPath: folder).standardizedFileURL.path
    }

    /// With `withData`, the input files are taken along. Returns the lock that was written.
    package func write(withData: Bool, replaces: Bool) throws -> BundleLock {
        let material = try NotebookMaterial(loaded.checked)
        try check(material)
        let lock = try lock(material)
        try prepareFolder(replaces: replaces)
        try copy(notebookPath, to: notebookName)
        for name in loaded.checked.plugins { try copyPlugin(name) }
        if !loaded.checked.plugins.isEmpty { try writePluginLock() }
        if withData { for file in try material.inputs(in: context.workspace) { try copy(file.absolutePath, to: file.path) } }
        for (path, text) in BundleTexts(lock: lock, notebook: notebookName, overrides: overrides).all { try write(text, to: path) }
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/run")
        try write(lock.text, to: BundleLock.fileName)
        return lock
    }

    private var notebookName: String { URL(fileURLWithPath: notebookPath).lastPathComponent }

    /// What the bundle should make is known only where it has been made, from files that are there.
    private func check(_ material: NotebookMaterial) throws {
        guard material.foreignTables.isEmpty else { throw BundleFault.foreignTables(material.foreignTables) }
        if let served = material.served, !material.models.contains(served.model) { throw BundleFault.foreignModel(served.model) }
        for file in try material.inputs(in: context.workspace) where file.path.hasPrefix("/") {
            throw BundleFault.outsideWorkspace(file.path)
        }
        var planner = RunPlanner(context: context, options: NotebookRunner.Options())
        let stale = try planner.plan(loaded).filter { $0.staleness != nil }.map(\.name)
        guard stale.isEmpty else { throw BundleFault.notUpToDate(stale, notebook: notebookPath) }
    }

    // MARK: The lock

    private func lock(_ material: NotebookMaterial) throws -> BundleLock {
        var lock = BundleLock()
        lock.append(.format, "1")
        lock.append(.tickbook, TickbookVersion.current)
        lock.append(.language, "1")
        lock.append(.engine, try context.provider.get().engine.name)
        try appendFile(.notebook, notebookPath, as: notebookName, to: &lock)
        for (name, value) in loaded.parameters(overrides) { lock.append(.parameter, name, value) }
        for name in loaded.checked.plugins { try append(plugin: name, to: &lock) }
        for file in try material.inputs(in: context.workspace) { try appendFile(.input, file.absolutePath, as: file.path, to: &lock) }
        for name in material.tables { try append(table: name, to: &lock) }
        for name in material.models {
            guard let digest = try ModelDigest.of(name, in: context.workspace) else { continue }
            lock.append(.model, name, "\(digest.byteCount)", digest.sha256)
        }
        if let served = material.served { lock.append(.serve, served.model, "\(served.port)") }
        return lock
    }

    private func append(table name: String, to lock: inout BundleLock) throws {
        let digest = try TableDigest.of(name, in: context)
        lock.append(.table, name, "\(digest.rowCount)", digest.sha256)
        for column in digest.columns { lock.append(.column, name, column.name, column.type.rawValue, column.sha256) }
    }

    private func append(plugin name: String, to lock: inout BundleLock) throws {
        let plugin = try context.workspace.plugins.folder(name)
        lock.append(.plugin, name, plugin.manifest.version, plugin.manifest.language.rawValue, try plugin.contentHash())
        if plugin.isNative, lock[.platform].isEmpty { lock.append(.platform, Platform.name) }
        for file in try NotebookMaterial.files(of: plugin) {
            try appendFile(.file, "\(plugin.path)/\(file)", as: "plugins/\(name)/\(file)", to: &lock)
        }
    }

    private func appendFile(_ kind: BundleLock.Kind, _ path: String, as name: String, to lock: inout BundleLock) throws {
        guard let digest = try FileDigest(path: path) else {
            throw RunFault.unreadableFile(path: path, reason: String(cString: strerror(errno)))
        }
        lock.append(kind, name, "\(digest.byteCount)", digest.sha256)
    }

    // MARK: Files

    /// An earlier bundle goes; data and models that were made in it stay.
    private func prepareFolder(replaces: Bool) throws {
        try WritableFolder.make(folder)
        let entries = try FileManager.default.contentsOfDirectory(atPath: folder)
        guard !entries.isEmpty else { return }
        guard replaces, entries.contains(BundleLock.fileName) else { throw BundleFault.folderInUse(folder) }
        for entry in entries where entry != "data" && entry != "models" { try FileManager.default.removeItem(atPath: "\(folder)/\(entry)") }
    }

    private func copyPlugin(_ name: String) throws {
        let plugin = try context.workspace.plugins.folder(name)
        for file in try NotebookMaterial.files(of: plugin) { try copy("\(plugin.path)/\(file)", to: "plugins/\(name)/\(file)") }
    }

    /// Of the workspace's `plugins.lock` the plugins in use, which lie in the bundle's own folder now.
    private func writePluginLock() throws {
        let (workspaceLock, plugins) = (try context.workspace.plugins.lock(), context.workspace.plugins)
        var lock = try PluginLock(workspace: folder)
        for name in loaded.checked.plugins {
            guard let entry = workspaceLock[name], try plugins.folder(name).isNative else { continue }
            lock.set(PluginLock.Entry(folder: "plugins/\(name)", version: entry.version, sha256: entry.sha256), for: name)
        }
        if !lock.names.isEmpty { try lock.write() }
    }

    private func copy(_ source: String, to path: String) throws {
        let target = URL(fileURLWithPath: "\(folder)/\(path)")
        try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        if FileManager.default.fileExists(atPath: target.path) { try FileManager.default.removeItem(at: target) }
        try FileManager.default.copyItem(at: URL(fileURLWithPath: source), to: target)
    }

    private func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(path)"))
    }
}

/// For what machines native code was built.
enum Platform {
    static var name: String {
        var information = utsname()
        uname(&information)
        let machine = withUnsafeBytes(of: information.machine) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        return "\(machine)-linux"
    }
}
