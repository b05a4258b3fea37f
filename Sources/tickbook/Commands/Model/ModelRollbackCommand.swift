import ArgumentParser
import Learning
import Runtime

struct ModelRollbackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Point an alias at the version it pointed at before; again, at the one before that.")

    @Argument(help: "The model's name.")
    var name: String
    @OptionGroup var option: AliasOption
    @Flag(help: "Take the alias away instead.")
    var remove = false
    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
        guard try ModelSelector.argument(name).choice == .latest else {
            throw ValidationError("rollback expects the model's name and --as ALIAS; found '\(name)'.")
        }
        _ = try ModelSelector.argument("\(name)@\(option.alias)")
        try FaultText.reporting {
            let registry = workspace.value.models
            let alias = "\(name)@\(option.alias)"
            if remove { return Terminal.print("\(alias): v\(try registry.removeAlias(name, option.alias)) → none") }
            let (from, to) = try registry.rollBack(name, option.alias)
            Terminal.print("\(alias): \(from.map { "v\($0)" } ?? "none") → v\(to)")
        }
    }
}
