import ArgumentParser
import Foundation
import Language
import Publishing
import Runtime

struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert", abstract: "Turn a notebook into a Jupyter file (.ipynb), or a Jupyter file into a notebook (.md).",
        discussion: "From Markdown to Jupyter and back gives the same bytes. Example: tickbook convert notebook.md --to notebook.ipynb")

    @ArgumentParser.Argument(help: "The file to read; - is standard input.")
    var source: String
    @Option(name: .customLong("to"), help: "The file to write; - is standard output.")
    var target: String
    @Flag(help: "Write over a file that is there.")
    var replace = false

    private enum Form: String {
        case markdown = "md"
        case jupyter = "ipynb"

        init?(_ path: String) {
            let ending = (path as NSString).pathExtension.lowercased()
            self.init(rawValue: ending == "markdown" ? "md" : ending)
        }

        var other: Form { self == .markdown ? .jupyter : .markdown }
    }

    func validate() throws { _ = try form() }

    /// What the source is: its name says it, or the target's name does.
    private func form() throws -> Form {
        switch (Form(source), Form(target)) {
        case (let from?, let to?) where from != to: return from
        case (let from?, nil) where target == WholeFile.standardOutput: return from
        case (nil, let to?) where source == NotebookSource.standardInput: return to.other
        default:
            throw ValidationError(
                "Expected a notebook and a Jupyter file, as in tickbook convert a.md --to a.ipynb or the other way round.")
        }
    }

    func run() throws {
        let form = try form()
        try FaultText.reporting {
            let text = try NotebookSource.text(source)
            let (converted, words) = try form == .markdown ? jupyter(text) : markdown(text)
            if isThere(converted) { return Terminal.note("\(target) is up to date") }
            try WholeFile(target, replaces: replace).write(converted)
            if target != WholeFile.standardOutput { Terminal.note("\(target): \(words)") }
        }
    }

    private func isThere(_ text: String) -> Bool {
        target != WholeFile.standardOutput && FileManager.default.contents(atPath: target) == Data(text.utf8)
    }

    private func jupyter(_ text: String) throws -> (text: String, words: String) {
        do {
            let made = try JupyterExport.jupyter(path: NotebookSource.shown(source), text: text)
            return (made.fileText, words(made))
        } catch ConversionFault.mistakes(let diagnostics) {
            let renderer = DiagnosticRenderer(path: NotebookSource.shown(source), text: text, usesColour: Terminal.showsColour)
            Terminal.note(renderer.render(diagnostics))
            throw FaultText.wrongNotebook
        }
    }

    private func markdown(_ text: String) throws -> (text: String, words: String) {
        do {
            let jupyter = try JupyterNotebook(json: text)
            let made = try JupyterImport.markdown(jupyter)
            if let language = jupyter.language, language != "tickbook", jupyter.cells.contains(where: { $0.kind == .code }) {
                Terminal.note("note: the code is \(language); it stands in the cells as it is, and tickbook check will not know it")
            }
            for loss in made.losses { Terminal.note("note: not kept: \(loss)") }
            return (made.text, words(jupyter))
        } catch ConversionFault.mistakes(let diagnostics) {
            Terminal.note("error: \(NotebookSource.shown(source)): \(diagnostics.map(\.problem.message).joined(separator: "; "))")
            throw FaultText.wrongNotebook
        } catch {
            Terminal.note("error: \(NotebookSource.shown(source)): \(error)")
            throw FaultText.wrongNotebook
        }
    }

    private func words(_ jupyter: JupyterNotebook) -> String {
        let code = jupyter.cells.count { $0.kind == .code }
        return "\(counted(code, "cell")) and \(counted(jupyter.cells.count - code, "text"))"
    }
}
