import ArgumentParser
import Foundation
import Publishing
import Runtime

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Run a notebook and write it with its results as one HTML file that needs nothing else.",
        discussion: "Example: tickbook report notebooks/stock_direction.md --to report.html")

    @ArgumentParser.Argument(help: "The notebook, a Markdown file.")
    var notebook: String
    @Option(name: .customLong("to"), help: "The file to write; an earlier report there is replaced. - is standard output.")
    var target: String
    @Flag(name: .customLong("no-run"), help: "Run nothing; show what is stored, and what is not up to date.")
    var passesOverRun = false
    @Flag(help: "Write over a file that is no report.")
    var replace = false
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var parameters: ParameterOptions
    @OptionGroup(title: "Operation") var operation: OperationOptions

    func run() throws {
        try FaultText.reporting { try checkTarget() }
        let file = try FaultText.reporting { try WholeFile(target, replaces: replace, isOwn: isReport) }
        let session = try Session(workspace: workspace.value, notebook: notebook)
        try passesOverRun ? read(session, file) : make(session, file)
    }

    /// Whatever may be replaced, the notebook and what is stored may not.
    private func checkTarget() throws(CommandFault) {
        guard target != WholeFile.standardOutput else { return }
        if RealPath.of(URL(fileURLWithPath: target).path) == RealPath.of(URL(fileURLWithPath: notebook).path) {
            throw .unwritableFile(target, reason: "it is the notebook itself; choose another name, such as report.html")
        }
        if workspace.value.keeps(URL(fileURLWithPath: target).path) {
            throw .unwritableFile(
                target, reason: "it would lie among stored tables and models; choose a place outside data/ and models/, such as report.html"
            )
        }
    }

    private func isReport(_ beginning: [UInt8]) -> Bool { beginning.starts(with: ReportPage.beginning.utf8) }

    private func read(_ session: Session, _ file: WholeFile) throws {
        let loaded = try session.load(notebook, overrides: parameters.values())
        let gathering = ReportGathering(loaded, session: session, workspace: workspace.value)
        defer { workspace.value.removeTemporaryFolders() }
        try FaultText.reporting(loaded) { try gathering.read() }
        try write(gathering, to: file)
    }

    /// A cell that fails is in the report too, with its fault.
    private func make(_ session: Session, _ file: WholeFile) throws {
        let watched = try WatchedRun(
            session, workspace: workspace.value, notebook: notebook, options: [], operation: operation, events: nil)
        try watched.perform { watched in
            let loaded = try session.load(notebook, overrides: parameters.values())
            try watched.begin(loaded, overrides: parameters.values())
            let gathering = ReportGathering(loaded, session: session, workspace: workspace.value)
            let runner = NotebookRunner(context: session.context) { event in
                try gathering.note(event)
                try watched.note(event)
            }
            do {
                try FaultText.reporting(loaded) { try watched.noting(faultsOf: loaded) { try run(runner, loaded, gathering) } }
            } catch let code as ExitCode where code == FaultText.wrongNotebook {
                throw code
            } catch {
                try write(gathering, to: file)
                throw error
            }
            try write(gathering, to: file)
        }
    }

    private func run(_ runner: NotebookRunner, _ loaded: LoadedNotebook, _ gathering: ReportGathering) throws {
        do {
            try runner.run(loaded)
        } catch {
            gathering.note(fault: error)
            throw error
        }
    }

    private func write(_ gathering: ReportGathering, to file: WholeFile) throws {
        let report = try gathering.report(path: notebook, overrides: parameters.values())
        let page = ReportPage(report, picture: ProsePictures(notebook: notebook).address)
        try FaultText.reporting { try file.write(page.html) }
        if target != WholeFile.standardOutput { Terminal.note("\(target) written") }
    }
}
