import ArgumentParser
import PluginHost
import Runtime

struct PluginCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugin", abstract: "Write, build, test and allow plugins.",
        discussion: "A plugin is a folder under plugins/. One of .tick files can be used at once; native code after `plugin add`.",
        subcommands: [
            PluginNewCommand.self, PluginBuildCommand.self, PluginTestCommand.self, PluginAddCommand.self, PluginListCommand.self,
            PluginInfoCommand.self, PluginRemoveCommand.self, PluginProbeCommand.self,
        ])
}

/// A plugin by its name, or by the path of its folder.
struct PluginArgument: ParsableArguments {
    @Argument(help: "The plugin's name, or the path of its folder.")
    var plugin: String
    @OptionGroup var workspace: WorkspaceOption

    var registry: PluginRegistry { workspace.value.plugins }

    func folder() throws -> PluginFolder { try registry.folder(named: plugin) }
}

extension PluginRegistry {
    /// Of a plugin in the workspace, or at a path.
    func folder(named name: String) throws -> PluginFolder {
        if name.contains("/") { return try PluginFolder(path: Workspace(root: name).root) }
        guard names.contains(name) else { throw CommandFault.unknownPlugin(name, known: names) }
        return try folder(name)
    }
}
