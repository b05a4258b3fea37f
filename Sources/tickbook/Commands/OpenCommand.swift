import ArgumentParser
import Foundation
import Language
import Runtime

/// `tickbook`, `tickbook NOTEBOOK`: the analyst's session.
struct OpenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Open a session, on a notebook to step through it; what is meant where no command is named.",
        discussion: "Standard input that is no terminal is a script: its statements run one after another, up to the first fault.")

    @ArgumentParser.Argument(help: "The notebook, a Markdown file.")
    var notebook: String?
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var verbosity: VerbosityOptions

    func run() throws {
        if let notebook { try checkIsThere(notebook) }
        let completion = SessionCompletion()
        let shell = try Shell(workspace: workspace.value, notebook: notebook, input: input(completion), verbosity: verbosity.value)
        completion.shell = shell
        ProcessEnd.now(shell.run())
    }

    private func input(_ completion: SessionCompletion) throws -> any ShellInput {
        if isatty(STDIN_FILENO) == 1, let terminal = TerminalInput(workspace.value, complete: completion.complete) { return terminal }
        return try ScriptInput()
    }

    /// What is no file may be a misspelt command.
    private func checkIsThere(_ name: String) throws {
        guard !FileManager.default.fileExists(atPath: name) else { return }
        let commands = Tickbook.configuration.subcommands.map { $0.configuration.commandName ?? "" }
        Terminal.note("error: \(CommandFault.notANotebook(name, nearestCommand: NearestName.of(name, among: commands)))")
        throw FaultText.wrongNotebook
    }
}
