import ArgumentParser
import Foundation
import Language
import Runtime

struct FormatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "format", abstract: "Lay the cells of notebooks out in the one canonical way; prose stays as it is.")

    @ArgumentParser.Argument(help: "The notebooks.")
    var notebooks: [String]
    @Flag(help: "Change nothing; exit code 1 when a notebook is not formatted.")
    var check = false

    func run() throws {
        var unformatted = 0
        for path in notebooks {
            guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8) else {
                Terminal.note("error: '\(path)' cannot be read as UTF-8 text.")
                throw FaultText.wrongNotebook
            }
            let (notebook, diagnostics) = Notebook.parse(path: path, text: text)
            guard diagnostics.isEmpty else {
                Terminal.note(DiagnosticRenderer(path: path, text: text, usesColour: Terminal.showsColour).render(diagnostics))
                throw FaultText.wrongNotebook
            }
            let formatted = Formatter.format(notebook)
            guard formatted != text else { continue }
            unformatted += 1
            if check {
                Terminal.note("\(path) is not formatted; run tickbook format \(path)")
            } else {
                try FaultText.reporting { try Data(formatted.utf8).write(to: URL(fileURLWithPath: path), options: .atomic) }
                Terminal.note("\(path) formatted")
            }
        }
        if check, unformatted > 0 { throw FaultText.failed }
    }
}
