import ArgumentParser
import DeltaTable
import Foundation
import Runtime

/// The name of a table that is there.
struct TableArgument: ParsableArguments {
    @Argument(help: "The table's name, such as curated.stocks.indicators.")
    var name: String

    func checkExists(in workspace: Workspace) throws {
        let tables = workspace.tables
        guard tables.exists(name) else { throw CommandFault.unknownTable(name, known: try tables.names()) }
    }
}

extension Session {
    /// Work on tables that Ctrl-C may end; what it spilled goes away after.
    func maintaining(_ body: () throws -> Void) throws {
        let interrupts = Interrupts(cancelling: provider)
        defer {
            interrupts.stop()
            context.removeTemporaryFolders()
        }
        try FaultText.reporting { try body() }
    }
}

extension Int {
    /// `1.5 MB`
    var inBytes: String {
        let formatter = ByteCountFormatter()
        formatter.countStyle = .binary
        formatter.allowsNonnumericFormatting = false
        return formatter.string(fromByteCount: Int64(self))
    }
}

func counted(_ count: Int, _ noun: String) -> String { "\(count.grouped) \(noun)\(count == 1 ? "" : "s")" }
