import ArgumentParser
import Foundation
import Learning
import Runtime

struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "Look at fitted models.", subcommands: [ModelListCommand.self, ModelShowCommand.self])
}

struct ModelListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List models and their versions.")

    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
        try FaultText.reporting {
            let models = try workspace.value.models.list()
            guard !models.isEmpty else {
                return Terminal.note("There are no models yet; run a notebook that fits one: tickbook run NOTEBOOK")
            }
            TextColumns(["model", "versions"]).print(models.map { [$0.name, $0.versions.map { "v\($0)" }.joined(separator: " ")] })
        }
    }
}

struct ModelShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show what a model was made of and how good it is.")

    @Argument(help: "The model, or one version of it: stock_direction:v2")
    var model: ModelReference
    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
        try FaultText.reporting {
            let loaded = try workspace.value.models.load(model.name, version: model.version)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            Terminal.print(String(decoding: try encoder.encode(loaded.metadata), as: UTF8.self))
        }
    }
}

/// `NAME` or `NAME:vN`.
struct ModelReference: ExpressibleByArgument {
    let name: String
    let version: Int?

    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard let name = parts.first, !name.isEmpty, parts.count <= 2 else { return nil }
        self.name = String(name)
        guard parts.count == 2 else {
            version = nil
            return
        }
        guard parts[1].first == "v", let number = Int(parts[1].dropFirst()) else { return nil }
        version = number
    }
}
