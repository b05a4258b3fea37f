import ArgumentParser
import Learning
import Runtime

struct ModelPromoteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "promote", abstract: "Point an alias at a version; servers of NAME@ALIAS take it over.")

    @Argument(
        help: "The version: NAME:v3, the one of another alias as in NAME@challenger, or NAME for the newest.",
        transform: ModelSelector.argument)
    var model: ModelSelector
    @OptionGroup var option: AliasOption
    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
        _ = try ModelSelector.argument("\(model.name)@\(option.alias)")
        try FaultText.reporting {
            let registry = workspace.value.models
            let version = try registry.version(of: model)
            let before = try registry.aliases(of: model.name)[option.alias]
            let isMoved = try registry.promote(model.name, version: version, as: option.alias)
            let alias = "\(model.name)@\(option.alias)"
            guard isMoved else { return Terminal.print("\(alias) is v\(version) already.") }
            Terminal.print("\(alias): \(before.map { "v\($0)" } ?? "none") → v\(version)")
        }
    }
}
