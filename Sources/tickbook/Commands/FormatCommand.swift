import ArgumentParser
import Language
import Runtime

struct FormatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "format", abstract: "Lay the cells of notebooks out in the one canonical way; prose stays as it is.")

    @ArgumentParser.Argument(help: "The notebooks; - is standard input, laid out on standard output.")
    var notebooks: [String]
    @Flag(help: "Change nothing; exit code 1 when a notebook is not formatted.")
    var check = false

    func validate() throws {
        guard notebooks.contains(NotebookSource.standardInput), notebooks.count > 1 else { return }
        throw ValidationError("'-' stands alone: standard input is laid out on standard output.")
    }

    func run() throws {
        var (unformatted, wrong) = (0, 0)
        for path in notebooks {
            do {
                if try format(path) { unformatted += 1 }
            } catch let code as ExitCode where code == FaultText.wrongNotebook {
                wrong += 1
            }
        }
        if wrong > 0 { throw FaultText.wrongNotebook }
        if check, unformatted > 0 { throw FaultText.failed }
    }

    /// Whether the notebook was not formatted before.
    private func format(_ path: String) throws -> Bool {
        let text = try FaultText.reporting { try NotebookSource.text(path) }
        let shown = NotebookSource.shown(path)
        let (notebook, reading) = Notebook.parse(path: shown, text: text)
        let diagnostics = reading.isEmpty ? Parser.parse(notebook).1 : reading
        guard diagnostics.isEmpty else {
            Terminal.note(DiagnosticRenderer(path: shown, text: text, usesColour: Terminal.showsColour).render(diagnostics))
            throw FaultText.wrongNotebook
        }
        let formatted = Formatter.format(notebook)
        let isChanged = !formatted.utf8.elementsEqual(text.utf8)
        if path == NotebookSource.standardInput, !check { Terminal.write(Array(formatted.utf8)) }
        guard isChanged else { return false }
        if check {
            Terminal.note("\(shown) is not formatted" + (shown == path ? "; run tickbook format \(path)" : ""))
        } else if path != NotebookSource.standardInput {
            try FaultText.reporting { try WholeFile(path, replaces: true).write(formatted) }
            Terminal.note("\(path) formatted")
        }
        return true
    }
}
