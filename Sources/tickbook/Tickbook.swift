import ArgumentParser
import Engine
import Runtime

@main
struct Tickbook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tickbook",
        abstract: "Notebooks for market data: ingest, process, features, train, serve; every result a versioned table.",
        version: TickbookVersion.current,
        subcommands: [
            OpenCommand.self, RunCommand.self, RunsCommand.self, QueryCommand.self, CheckCommand.self, FormatCommand.self,
            ConvertCommand.self,
            ReportCommand.self, ExplainCommand.self, TableCommand.self,
            ModelCommand.self, PluginCommand.self, ServeCommand.self, ExportCommand.self, BundleCommand.self,
            GenerateCommand.self, DoctorCommand.self,
        ],
        defaultSubcommand: OpenCommand.self)

    /// A command used in a wrong way ends like a notebook written in a wrong way, with exit code 2.
    static func main() async {
        if let mistake = Failpoint.mistake {
            Terminal.note("error: \(mistake)")
            exit(withError: FaultText.wrongNotebook)
        }
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let code as ExitCode {
            ProcessEnd.now(code.rawValue)
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            Terminal.note(fullMessage(for: error))
            exit(withError: FaultText.wrongNotebook)
        }
        ProcessEnd.now(0)
    }
}

/// `--workspace`, on every command.
struct WorkspaceOption: ParsableArguments {
    @Option(name: .long, help: "The folder with data/ and models/.")
    var workspace = "."

    var value: Workspace { Workspace(root: workspace) }
}

/// `-p name=value`, as often as needed.
struct ParameterOptions: ParsableArguments {
    @Option(name: .customShort("p"), help: ArgumentHelp("A parameter of the notebook.", valueName: "name=value"))
    var parameters: [String] = []

    func validate() throws { _ = try values() }

    func values() throws -> [String: String] {
        var values: [String: String] = [:]
        for text in parameters {
            guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
                throw ValidationError("-p expects name=value, as in -p horizon=5; found '\(text)'.")
            }
            let name = String(text[..<equals])
            guard values.updateValue(String(text[text.index(after: equals)...]), forKey: name) == nil else {
                throw ValidationError("Parameter '\(name)' is given twice.")
            }
        }
        return values
    }
}
