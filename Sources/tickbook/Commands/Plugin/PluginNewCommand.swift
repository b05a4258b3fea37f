import ArgumentParser
import PluginHost
import Runtime

struct PluginNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Make a plugin's folder under plugins/ that builds and passes its tests as it stands.")

    @Argument(help: "The plugin's name: lower-case letters, digits and underscores.")
    var name: String
    @Option(help: "The language of its code: swift, c, or tick for definitions in Tickbook's own language.")
    var language: PluginManifest.Language
    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
        try FaultText.reporting {
            let folder = "\(workspace.value.root)/plugins/\(name)"
            try PluginTemplate(name: name, language: language).write(to: folder)
            Terminal.print("\(folder) is made; see its README.md.")
            if language != .tick { Terminal.note("Next: tickbook plugin build \(name)") }
        }
    }
}

extension PluginManifest.Language: ExpressibleByArgument {}
