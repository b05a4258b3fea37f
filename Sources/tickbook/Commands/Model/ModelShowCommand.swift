import ArgumentParser
import Foundation
import Learning
import Runtime

struct ModelShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show what a model was made of and how good it is.")

    @Argument(help: "The model: NAME for its newest version, NAME@ALIAS, or NAME:vN.", transform: ModelSelector.argument)
    var model: ModelSelector
    @OptionGroup var workspace: WorkspaceOption
    @Flag(help: "All that is kept of it, as JSON.")
    var json = false

    func run() throws {
        try FaultText.reporting {
            let registry = workspace.value.models
            let record = try registry.record(model)
            // A damaged list of aliases hides no model.
            let aliases = try? registry.aliases(of: record.name)
            if json { return Terminal.print(try ModelText.json(Shown(record, aliases), pretty: true)) }
            for section in ModelCard(record, aliases: aliases?.names(of: record.version) ?? []).sections { section.print() }
            do { _ = try registry.aliases(of: record.name) } catch { Terminal.note("warning: \(error)") }
        }
    }

    private struct Shown: Encodable {
        let name: String
        let version: String
        let aliases: [String]
        let metadata: ModelMetadata
        let logistic: LogisticModel?

        init(_ record: ModelRecord, _ aliases: ModelAliases?) {
            name = record.name
            version = record.versionName
            self.aliases = aliases?.names(of: record.version) ?? []
            metadata = record.metadata
            logistic = record.logistic
        }
    }
}
