import Foundation
import PluginHost
import Testing

/// The C files of `Wrong` as a built plugin of a temporary workspace.
struct WrongPlugin {
    let workspace: String
    let folder: PluginFolder

    /// `defining` a macro of the C file makes the library wrong as a whole.
    init(defining macro: String? = nil) throws {
        workspace = FileManager.default.temporaryDirectory.appendingPathComponent("plugins-\(UUID().uuidString)").path
        let path = workspace + "/plugins/wrong"
        try FileManager.default.createDirectory(atPath: path + "/Sources", withIntermediateDirectories: true)
        let manifest = "name = \"wrong\"\nversion = \"0.1.0\"\ndescription = \"Broken rules.\"\nlanguage = \"c\"\nlibraries = [\"m\"]\n"
        try Data(manifest.utf8).write(to: URL(fileURLWithPath: path + "/plugin.toml"))
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Wrong")
        try FileManager.default.copyItem(atPath: sources.path + "/wrong_models.c", toPath: path + "/Sources/wrong_models.c")
        let code = try String(contentsOf: sources.appendingPathComponent("wrong.c"), encoding: .utf8)
        try Data(((macro.map { "#define \($0)\n" } ?? "") + code).utf8).write(to: URL(fileURLWithPath: path + "/Sources/wrong.c"))
        folder = try PluginFolder(path: path)
        try PluginBuild(folder).run { Issue.record("the compiler says: \($0)") }
    }

    var registry: PluginRegistry { PluginRegistry(workspace: workspace) }

    func load() throws -> LoadedPlugin { try LoadedPlugin(native: folder, hash: folder.contentHash()) }

    func remove() { try? FileManager.default.removeItem(atPath: workspace) }
}
