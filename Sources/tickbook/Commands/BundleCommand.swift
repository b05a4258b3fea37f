import ArgumentParser
import Foundation
import Runtime

struct BundleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bundle", abstract: "Hold an exported folder's tickbook.lock against what is there; exit code 1 when they differ.",
        subcommands: [BundleCheckCommand.self, BundleCompareCommand.self])
}

struct BundleCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Before a run: tool, engine, notebook, plugins and input files.")

    @ArgumentParser.Argument(help: "The exported folder.")
    var folder: String
    @Flag(help: "Let input files be others.")
    var newData = false
    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
        let session = try Session(workspace: workspace.value)
        try session.maintaining {
            let comparison = try BundleComparison(context: session.context, folder: folder)
            let deviations = try comparison.deviationsBefore(acceptsNewInputs: newData, inputs: inputs(comparison, session))
            try BundleReport.end(deviations, agreed: "The lock holds.")
        }
    }

    /// Nil where the notebook can't be checked, which its run will say.
    private func inputs(_ comparison: BundleComparison, _ session: Session) throws -> [String]? {
        guard let notebook = comparison.notebook, FileManager.default.fileExists(atPath: notebook) else { return nil }
        let loaded = try session.load(notebook, overrides: comparison.parameters)
        return loaded.diagnostics.isEmpty ? loaded.inputPaths(in: workspace.value) : nil
    }
}

struct BundleCompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "After a run: the content of every table and model.")

    @ArgumentParser.Argument(help: "The exported folder.")
    var folder: String
    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
        let session = try Session(workspace: workspace.value)
        try session.maintaining {
            let comparison = try BundleComparison(context: session.context, folder: folder)
            try BundleReport.end(
                comparison.deviationsAfter(), agreed: "\(counted(comparison.resultCount, "result")) agree with the lock, bit for bit.")
        }
    }
}

private enum BundleReport {
    static func end(_ deviations: [String], agreed: String) throws {
        for deviation in deviations { Terminal.note("error: \(deviation)") }
        if !deviations.isEmpty { throw FaultText.failed }
        Terminal.note(agreed)
    }
}
