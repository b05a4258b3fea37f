import ArgumentParser
import PluginHost

struct PluginAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Allow a plugin's code, as it is now, to run in this workspace.",
        discussion: "Its hash is written to plugins.lock. Code that changes is refused until it is added again.")

    @OptionGroup var plugin: PluginArgument

    func run() throws {
        try FaultText.reporting {
            let folder = try plugin.folder()
            if folder.isNative { try PluginProbe.check(folder) }
            try plugin.registry.add(folder)
            Terminal.print(
                "\(folder.manifest.name) \(folder.manifest.version) is in plugins.lock; notebooks say: use \(folder.manifest.name)")
        }
    }
}

struct PluginRemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Take a plugin out of plugins.lock; its folder stays.")

    @OptionGroup var plugin: PluginArgument

    func run() throws {
        try FaultText.reporting {
            try plugin.registry.remove(plugin.plugin)
            Terminal.print("\(plugin.plugin) is no longer in plugins.lock.")
        }
    }
}
