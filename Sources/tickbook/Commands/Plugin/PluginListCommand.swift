import ArgumentParser
import PluginHost
import Runtime

struct PluginListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the workspace's plugins.")

    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
        try FaultText.reporting {
            let registry = workspace.value.plugins
            let lock = try registry.lock()
            guard !registry.names.isEmpty else {
                return Terminal.note("There are no plugins; make one: tickbook plugin new NAME --language swift")
            }
            TextColumns(["plugin", "version", "language", "state", "description"], alignedRight: []).print(
                registry.names.map { name in row(name, registry, lock[name]) })
        }
    }

    private func row(_ name: String, _ registry: PluginRegistry, _ entry: PluginLock.Entry?) -> [String] {
        do throws(PluginFault) {
            let folder = try registry.folder(name)
            let manifest = folder.manifest
            return [name, manifest.version, manifest.language.rawValue, try state(folder, entry), manifest.description]
        } catch {
            return [name, entry?.version ?? "-", "-", "can't be used", error.description]
        }
    }

    private func state(_ folder: PluginFolder, _ entry: PluginLock.Entry?) throws(PluginFault) -> String {
        if !folder.isNative, entry == nil { return "ready" }
        guard folder.isBuilt || !folder.isNative else { return "not built" }
        guard let entry else { return "not added" }
        return try folder.contentHash() == entry.sha256 ? "ready" : "changed since it was added"
    }
}
