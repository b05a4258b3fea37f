import ArgumentParser
import Indicators
import Language
import PluginHost
import Runtime

struct PluginTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Hold the functions of plugins, or of one, against the rules that every function of series keeps.",
        discussion: """
            The native code of a plugin that is named is run, whether it is in plugins.lock or not; without a name, only that in there.
            Each runs in a process of its own. Rules: \(rules). Exit code 1 when one is broken.
            """)

    @ArgumentParser.Argument(help: "The plugin's name, or the path of its folder; without one, the built-in functions and all in the lock.")
    var plugin: String?
    @OptionGroup var workspace: WorkspaceOption

    private static let rules =
        ConformanceRule.allCases.map(\.rawValue).joined(separator: "; ") + "; of a model: "
        + ModelRule.allCases.map(\.rawValue).joined(separator: "; ")

    func run() throws {
        try FaultText.reporting {
            let registry = workspace.value.plugins
            let broken = try plugin.map { try test(registry.folder(named: $0)) } ?? testAll(registry)
            if broken > 0 { throw FaultText.failed }
        }
    }

    /// The built-in functions, and what may run in the workspace.
    private func testAll(_ registry: PluginRegistry) throws -> Int {
        var broken = BuiltinIndicators.all.reduce(0) { $0 + PluginRules().broken(by: $1) }
        Terminal.print("built in: \(counted(BuiltinIndicators.all.count, "function")), \(counted(broken, "broken rule"))")
        let lock = try registry.lock()
        for name in registry.names {
            do {
                let folder = try registry.folder(name)
                if folder.isNative, try lock[name].map({ try folder.contentHash() != $0.sha256 }) ?? true {
                    let command = "tickbook plugin test \(name)"
                    Terminal.print("- \(name): skipped, its code is not in plugins.lock; to run it all the same: \(command)")
                    continue
                }
                broken += try test(folder)
            } catch {
                Terminal.print("✗ \(name): \(FaultText.words(error))")
                broken += 1
            }
        }
        return broken
    }

    /// The number of broken rules.
    private func test(_ folder: PluginFolder) throws -> Int {
        try folder.isNative ? PluginProbe.test(folder) : checkDefinitions(of: folder)
    }

    /// Definitions in the language are made of functions that keep the rules; they only have to be right.
    private func checkDefinitions(of folder: PluginFolder) throws -> Int {
        let contents = try LoadedPlugin(files: folder).contents
        let files = IndicatorFiles(contents.indicatorFiles, functions: Wiring.functions)
        for (file, diagnostic) in files.diagnostics {
            Terminal.note(
                DiagnosticRenderer(path: file.path, text: file.text, usesColour: Terminal.showsColour).render([diagnostic]))
        }
        Terminal.print(
            "\(folder.manifest.name): \(counted(files.names.count, "indicator")), \(counted(files.diagnostics.count, "mistake"))")
        return files.diagnostics.count
    }
}
