import ArgumentParser
import DeltaTable
import Runtime

struct TableRestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Bring an earlier version's rows and columns back, as a new version.",
        discussion: """
            No version is lost. The next run brings the table up to date again: from the inputs as they are now and the notebook as it is \
            now; tables made from this one follow.
            """)

    @OptionGroup var table: TableArgument
    @Argument(help: "The version to return to, such as 3 or v3.")
    var version: VersionNumber
    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
        let session = try Session(workspace: workspace.value)
        try session.maintaining {
            try table.checkExists(in: workspace.value)
            switch try session.context.tables.table(table.name).restore(to: version.number) {
            case .unchanged(let newest): Terminal.print("\(table.name): v\(newest) has the files of v\(version.number) already")
            case .restored(let new, let added, let removed):
                Terminal.print(
                    "\(table.name): v\(new) is v\(version.number) again: \(counted(added, "file")) back, \(removed.grouped) taken away")
            }
        }
    }
}

/// `3`, or `v3` as it is shown.
struct VersionNumber: ExpressibleByArgument {
    let number: Int

    init?(argument: String) {
        guard let number = Int(argument.hasPrefix("v") ? argument.dropFirst() : argument[...]), number >= 0 else { return nil }
        self.number = number
    }
}
