import ArgumentParser
import Foundation
import Runtime

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a notebook as a folder that runs elsewhere and checks that the same comes out.",
        discussion: "What the notebook makes has to be up to date: its tables and models are what the folder is held against.")

    @ArgumentParser.Argument(help: "The notebook, a Markdown file.")
    var notebook: String
    @Option(name: .customLong("to"), help: "The folder to write.")
    var folder: String
    @Flag(help: "Take the input files along.")
    var withData = false
    @Flag(help: "Write over an earlier bundle; its data/ and models/ stay.")
    var replace = false
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var parameters: ParameterOptions

    func run() throws {
        let session = try Session(workspace: workspace.value, notebook: notebook)
        let overrides = try parameters.values()
        let loaded = try session.load(notebook, overrides: overrides)
        try session.maintaining {
            guard loaded.diagnostics.isEmpty else { throw FaultText.report(RunFault.mistakes(loaded.diagnostics), loaded) }
            let writer = BundleWriter(context: session.context, loaded: loaded, overrides: overrides, notebook: notebook, folder: folder)
            let lock = try writer.write(withData: withData, replaces: replace)
            Terminal.print(
                "\(folder): \(counted(lock[.table].count, "table")), \(counted(lock[.model].count, "model")), "
                    + "\(counted(lock[.input].count, "input file")) \(withData ? "taken along" : "named"); run it with \(folder)/run")
        }
    }
}
