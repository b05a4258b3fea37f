import ArgumentParser
import DeltaTable
import Runtime

struct TableVacuumCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vacuum", abstract: "Delete data files that no version within the retention needs.",
        discussion: """
            Deleted are files removed from the table longer ago than the retention, and leftovers of writers that never committed. Older \
            versions that named them can't be read or restored after.
            """)

    @OptionGroup var table: TableArgument
    @OptionGroup var workspace: WorkspaceOption
    @Option(help: "How many hours removed files are kept; by default the table's own retention, 168 where it sets none.")
    var retainHours: Int?
    @Flag(help: "Allow a retention below the table's own; no run may be under way.")
    var force = false
    @Flag(help: "Only list what would be deleted.")
    var dryRun = false

    func validate() throws {
        if let retainHours, !(0...1_000_000).contains(retainHours) { throw ValidationError("--retain-hours expects 0 or more hours.") }
    }

    func run() throws {
        let session = try Session(workspace: workspace.value)
        try session.maintaining {
            try table.checkExists(in: workspace.value)
            let outcome = try session.context.tables.table(table.name).vacuum(
                retentionHours: retainHours, force: force, dryRun: dryRun)
            if dryRun { for file in outcome.files { Terminal.print("\(file.byteCount.inBytes)  \(file.path)") } }
            let folders = outcome.folderCount > 0 ? " and \(counted(outcome.folderCount, "empty folder"))" : ""
            Terminal.print(
                "\(table.name): \(dryRun ? "would delete" : "deleted") \(counted(outcome.files.count, "file")), "
                    + "\(outcome.byteCount.inBytes)\(folders) (retention \(outcome.retentionHours) h)")
        }
    }
}
