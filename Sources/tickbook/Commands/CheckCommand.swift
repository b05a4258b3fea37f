import ArgumentParser
import Foundation
import Language
import Runtime

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Report every mistake of a notebook without running it; exit code 2 when there is one.")

    @ArgumentParser.Argument(help: "The notebooks; - is standard input.")
    var notebooks: [String]
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var parameters: ParameterOptions
    @Flag(help: "Print the mistakes as JSON, one object per line.")
    var json = false

    func run() throws {
        var mistakes = 0
        for path in notebooks {
            let session = try Session(workspace: workspace.value)
            do {
                let loaded = try session.load(path, overrides: parameters.values())
                mistakes += loaded.diagnostics.count
                try show(loaded)
            } catch let code as ExitCode where code == FaultText.wrongNotebook {
                // That one file can't be read keeps no mistake of the others back.
                mistakes += 1
            }
        }
        if mistakes > 0 { throw FaultText.wrongNotebook }
        if !json { Terminal.print(notebooks.count == 1 ? "No mistakes." : "No mistakes in \(notebooks.count) notebooks.") }
    }

    private func show(_ loaded: LoadedNotebook) throws {
        guard json else {
            if !loaded.diagnostics.isEmpty { FaultText.print(loaded.diagnostics, loaded) }
            return
        }
        let lines = SourceLines(loaded.notebook.text)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for diagnostic in loaded.diagnostics {
            let report = DiagnosticReport(diagnostic, path: loaded.notebook.path, lines: lines)
            Terminal.print(String(decoding: try encoder.encode(report), as: UTF8.self))
        }
    }
}
