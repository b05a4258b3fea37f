import ArgumentParser
import PluginHost

/// Loads a plugin's library in a process of its own, so that one that crashes takes nothing else with it.
enum PluginProbe {
    static func check(_ folder: PluginFolder) throws {
        guard folder.isBuilt else { throw folder.notBuilt }
        let probe = try ProgramRun("/proc/self/exe", ["plugin", "probe", folder.path])
        if let signal = probe.signal {
            throw PluginFault(
                "plugin '\(folder.manifest.name)' crashes when it is loaded (signal \(signal))",
                remedy: "nothing was changed; mend it, then run: tickbook plugin build \(folder.manifest.name)")
        }
        guard probe.status == 0 else {
            throw PluginFault(
                probe.text.trimmingPrefix("error: ").split(separator: "\n").last.map(String.init) ?? "the plugin ended the process",
                remedy: "nothing was changed")
        }
    }
}

struct PluginProbeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "probe", abstract: "Load a plugin and end.", shouldDisplay: false)

    @Argument var folder: String

    func run() throws {
        try FaultText.reporting {
            let folder = try PluginFolder(path: folder)
            _ = try LoadedPlugin(native: folder, hash: folder.contentHash())
        }
    }
}
