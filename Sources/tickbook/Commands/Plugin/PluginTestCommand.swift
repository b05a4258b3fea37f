import ArgumentParser
import Indicators
import Language
import PluginHost
import Runtime

struct PluginTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Hold the functions of plugins, or of one, against the rules that every function of series keeps.",
        discussion: """
            The plugin's native code is run, whether it is in plugins.lock or not. Rules: \(rules). Exit code 1 when one is broken.
            """)

    @ArgumentParser.Argument(help: "The plugin's name, or the path of its folder; without one, the built-in functions and all plugins.")
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

    private func testAll(_ registry: PluginRegistry) throws -> Int {
        var broken = 0
        for definition in BuiltinIndicators.all { broken += try test(definition) }
        Terminal.print("built in: \(counted(BuiltinIndicators.all.count, "function")), \(counted(broken, "broken rule"))")
        for name in registry.names {
            do { broken += try test(registry.folder(name)) } catch let fault as PluginFault {
                Terminal.print("✗ \(name): \(fault)")
                broken += 1
            }
        }
        return broken
    }

    /// The number of broken rules.
    private func test(_ folder: PluginFolder) throws -> Int {
        guard folder.isNative else { return try checkDefinitions(of: folder) }
        try PluginProbe.check(folder)
        let loaded = try LoadedPlugin(native: folder, hash: folder.contentHash())
        var broken = 0
        for definition in loaded.definitions { broken += try test(definition) }
        for model in loaded.models { broken += try test(model) }
        let models = loaded.models.isEmpty ? "" : "\(counted(loaded.models.count, "model")), "
        let functions = loaded.definitions.isEmpty && !loaded.models.isEmpty ? "" : "\(counted(loaded.definitions.count, "function")), "
        Terminal.print("\(folder.manifest.name): \(functions)\(models)\(counted(broken, "broken rule"))")
        return broken
    }

    private func test(_ model: NativeModel) throws -> Int {
        let violations: [ModelViolation]
        do {
            violations = try ModelConformance(model).violations()
        } catch let fault as ModelFault {
            Terminal.print("✗ \(fault)")
            return 1
        }
        if violations.isEmpty { Terminal.print("✓ \(model.name)") }
        for violation in violations { Terminal.print("✗ \(violation)") }
        return violations.count
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

    private func test(_ definition: SeriesDefinition) throws -> Int {
        var broken = 0
        for test in Conformance.cases(of: definition) {
            let violations: [ConformanceViolation]
            do {
                violations = try test.violations()
            } catch let fault as SeriesFault {
                Terminal.print("✗ \(test.call): \(fault.shortly)")
                broken += 1
                continue
            }
            if violations.isEmpty { Terminal.print("✓ \(test.call)") }
            for violation in violations { Terminal.print("✗ \(violation)") }
            broken += violations.count
        }
        return broken
    }
}
