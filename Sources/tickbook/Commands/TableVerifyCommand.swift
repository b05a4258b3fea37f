import ArgumentParser
import DeltaTable
import Runtime

struct TableVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Read every file of a table's newest version again and compare it with the log.",
        discussion: "Files that are missing, truncated, altered or not what the log says are named, and the command ends with exit code 1.")

    @Argument(help: "Names of tables; without any, all tables.")
    var names: [String] = []
    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
        let session = try Session(workspace: workspace.value)
        try session.maintaining {
            let known = try session.context.tables.names()
            for name in names where !known.contains(name) { throw CommandFault.unknownTable(name, known: known) }
            var isSound = true
            for name in names.isEmpty ? known : names {
                let outcome = try TableVerification(context: session.context, name: name).run()
                isSound = isSound && outcome.faults.isEmpty
                report(name, outcome)
            }
            guard isSound else { throw FaultText.failed }
        }
    }

    private func report(_ name: String, _ outcome: TableVerification.Outcome) {
        for fault in outcome.faults { Terminal.print("\(name): \(fault.place): \(fault.problem)") }
        let version = outcome.version.map { "v\($0)" } ?? "unreadable"
        let unhashed = outcome.unhashed > 0 ? "; \(counted(outcome.unhashed, "file")) without a hash to compare" : ""
        Terminal.print(
            "\(name): \(version), \(counted(outcome.fileCount, "file")), \(outcome.rowCount.grouped) rows, \(outcome.byteCount.inBytes): "
                + (outcome.faults.isEmpty ? "sound" : counted(outcome.faults.count, "fault")) + unhashed)
    }
}
