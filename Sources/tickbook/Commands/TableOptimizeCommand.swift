import ArgumentParser
import Foundation
import Runtime

struct TableOptimizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "optimize", abstract: "Merge a table's small files; no row changes and nothing is recomputed after.",
        discussion: "The files merged stay on disk for older versions until `tickbook table vacuum` deletes them.")

    @OptionGroup var table: TableArgument
    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
        let session = try Session(workspace: workspace.value)
        try session.maintaining {
            try table.checkExists(in: workspace.value)
            let outcome = try TableOptimization(context: session.context, name: table.name).run()
            if let obstacle = outcome.obstacle { Terminal.note("\(table.name): small files stay as they are: \(obstacle).") }
            guard let version = outcome.version else {
                return Terminal.print(
                    "\(table.name): nothing to merge, \(counted(outcome.before.files, "file")) in "
                        + counted(outcome.partitionCount, "partition"))
            }
            Terminal.print(
                "\(table.name): v\(version), \(outcome.before.files.grouped) → \(counted(outcome.after.files, "file")), "
                    + "\(outcome.before.bytes.inBytes) → \(outcome.after.bytes.inBytes)")
        }
    }
}
