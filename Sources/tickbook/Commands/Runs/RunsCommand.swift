import ArgumentParser
import Foundation
import Runtime

struct RunsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs", abstract: "Look at what runs did.",
        subcommands: [RunsListCommand.self, RunsShowCommand.self, RunsCompareCommand.self])
}

struct RunsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the workspace's runs, the newest first.")

    @OptionGroup var workspace: WorkspaceOption
    @Option(help: "How many at most.")
    var limit = 20
    @Flag(help: "One JSON object per line.")
    var json = false

    func run() throws {
        try FaultText.reporting {
            let records = RunStore(workspace: workspace.value).list().prefix(max(0, limit))
            if json { return try records.forEach { Terminal.print(try RunText.json($0, pretty: false)) } }
            guard !records.isEmpty else { return Terminal.note("\(RunStoreFault.none)") }
            TextColumns(["run", "notebook", "outcome", "made", "up to date", "rows written", "seconds"], alignedRight: [3, 4, 5, 6]).print(
                records.map { record in
                    let made = record.stages.filter { $0.status == .made }
                    return [
                        record.id, record.notebook, record.outcome.rawValue, "\(made.count)", "\(record.stages.count - made.count)",
                        made.reduce(0) { $0 + $1.rowsWritten }.grouped, record.seconds.map { String(format: "%.2f", $0) } ?? "",
                    ]
                })
        }
    }
}

struct RunsShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one run.")

    @Argument(help: "The run, or the beginning of its name; without it, the newest.")
    var id: String?
    @OptionGroup var workspace: WorkspaceOption
    @Flag(help: "The record as JSON.")
    var json = false

    func run() throws {
        try FaultText.reporting {
            let record = try RunStore(workspace: workspace.value).find(id)
            if json { return Terminal.print(try RunText.json(record, pretty: true)) }
            for line in RunText.facts(record) { Terminal.print(line) }
            guard !record.stages.isEmpty else { return }
            Terminal.print("")
            TextColumns(["cell", "output", "version", "made from", "rows", "written", "rejected", "seconds"], alignedRight: [4, 5, 6, 7])
                .print(
                    record.stages.map { stage in
                        [
                            stage.cell, stage.name, "v\(stage.version)", RunText.inputs(stage), stage.rows.grouped,
                            stage.status == .cached ? "up to date" : stage.rowsWritten.grouped, stage.rowsRejected.grouped,
                            String(format: "%.2f", stage.seconds),
                        ]
                    })
        }
    }
}
