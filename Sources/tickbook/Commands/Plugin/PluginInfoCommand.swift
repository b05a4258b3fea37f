import ArgumentParser
import Indicators
import Language
import PluginHost
import Runtime

struct PluginInfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "Describe a plugin, or one function of series: its call, formula, window and source.")

    @ArgumentParser.Argument(help: "A plugin's name, or that of a function: a built-in one, or one of a plugin that is ready.")
    var name: String
    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
        try FaultText.reporting {
            let registry = workspace.value.plugins
            if registry.names.contains(name) { return try describe(registry.folder(name), registry) }
            if let function = Wiring.functions.series(name) ?? nativeFunction(registry) { return describe(function) }
            if let model = nativeModel(registry) { return Terminal.print("\(model.form)\n\(model.documentation)") }
            if let definition = definition(registry) { return Terminal.print(definition) }
            throw CommandFault.unknownFunction(name, known: registry.names + BuiltinIndicators.byName.keys.sorted())
        }
    }

    private func describe(_ folder: PluginFolder, _ registry: PluginRegistry) throws {
        let manifest = folder.manifest
        Terminal.print("\(manifest.name) \(manifest.version) (\(manifest.language.rawValue)): \(manifest.description)")
        let contents = try registry.contents(of: manifest.name)
        for function in contents.functions { Terminal.print("  \(function.form)\n      \(firstLine(function.documentation))") }
        for model in contents.models { Terminal.print("  \(model.form)\n      \(firstLine(model.documentation))") }
        let files = IndicatorFiles(contents.indicatorFiles, functions: Wiring.functions)
        for definition in files.definitions { Terminal.print("  \(definition.form) = \(definition.meaning)") }
        if !files.diagnostics.isEmpty {
            Terminal.note("It has \(counted(files.diagnostics.count, "mistake")); to see them: tickbook plugin test \(manifest.name)")
        }
    }

    /// An indicator of a plugin's `.tick` files, as it is defined.
    private func definition(_ registry: PluginRegistry) -> String? {
        for plugin in registry.names {
            guard let contents = try? registry.contents(of: plugin) else { continue }
            let files = IndicatorFiles(contents.indicatorFiles, functions: Wiring.functions)
            if let found = files.definitions.first(where: { $0.name == name }) { return "\(found.form) = \(found.meaning)" }
        }
        return nil
    }

    private func nativeFunction(_ registry: PluginRegistry) -> SeriesFunction? {
        for plugin in registry.names {
            if let found = (try? registry.contents(of: plugin))?.functions.first(where: { $0.name == name }) { return found }
        }
        return nil
    }

    private func nativeModel(_ registry: PluginRegistry) -> ModelFunction? {
        for plugin in registry.names {
            if let found = (try? registry.contents(of: plugin))?.models.first(where: { $0.name == name }) { return found }
        }
        return nil
    }

    private func describe(_ function: SeriesFunction) {
        Terminal.print(function.form)
        if !function.outputs.isEmpty {
            Terminal.print("Results: \(function.outputs.map { "\(function.name)(…).\($0)" }.joined(separator: ", "))")
        }
        Terminal.print(function.documentation)
    }

    private func firstLine(_ text: String) -> Substring { text.prefix { $0 != "\n" } }
}
