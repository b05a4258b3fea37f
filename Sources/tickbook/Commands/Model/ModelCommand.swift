import ArgumentParser
import Learning
import Runtime

struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "Look at fitted models, compare them, point aliases at them and write them for other programs.",
        subcommands: [
            ModelListCommand.self, ModelShowCommand.self, ModelCompareCommand.self, ModelPromoteCommand.self, ModelRollbackCommand.self,
            ModelExportCommand.self, ModelVerifyCommand.self,
        ])
}

extension ModelSelector {
    /// An argument of a command; wrongly written, it is a mistake in the command.
    static func argument(_ text: String) throws -> ModelSelector {
        do throws(LearningFault) {
            return try ModelSelector(reading: text)
        } catch {
            throw ValidationError(error.description + ".")
        }
    }
}

/// `--as champion`
struct AliasOption: ParsableArguments {
    @Option(name: .customLong("as"), help: ArgumentHelp("The alias, such as champion or challenger.", valueName: "alias"))
    var alias: String
}
