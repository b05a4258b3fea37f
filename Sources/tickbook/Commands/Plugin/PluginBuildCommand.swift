import ArgumentParser
import PluginHost

struct PluginBuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "build", abstract: "Compile a native plugin into its build/ folder.")

    @OptionGroup var plugin: PluginArgument

    func run() throws {
        try FaultText.reporting {
            let folder = try plugin.folder()
            try PluginBuild(folder).run { Terminal.note($0) }
            Terminal.print("\(folder.libraryPath) is built.")
            Terminal.note("Next: tickbook plugin test \(plugin.plugin), then tickbook plugin add \(plugin.plugin)")
        }
    }
}
