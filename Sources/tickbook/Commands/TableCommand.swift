import ArgumentParser
import Columnar
import DeltaTable
import Foundation
import Runtime

struct TableCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "table", abstract: "Look at stored tables and tend them.",
        subcommands: [
            TableListCommand.self, TableHistoryCommand.self, TableDiffCommand.self, TableRestoreCommand.self,
            TableOptimizeCommand.self, TableVacuumCommand.self,
            TableVerifyCommand.self,
        ])
}

struct TableListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the workspace's tables.")

    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
        try FaultText.reporting { try Self.print(Session(workspace: workspace.value).context.tables) }
    }

    static func print(_ tables: TableCatalog) throws {
        let names = try tables.names()
        guard !names.isEmpty else { return Terminal.note("There are no tables yet; run a notebook: tickbook run NOTEBOOK") }
        let rows = try names.map { name -> [String] in
            guard let snapshot = try tables.table(name).snapshot() else { return [name, "-", "-", "-", "-", "-"] }
            return [
                name, "v\(snapshot.version)", snapshot.rowCount?.grouped ?? "?", snapshot.files.count.grouped,
                snapshot.files.reduce(0) { $0 + $1.byteCount }.inBytes,
                snapshot.partitioning.map { column in column.part.map { "\($0.rawValue)(\(column.source))" } ?? column.name }.joined(
                    separator: ", "),
            ]
        }
        TextColumns(["table", "version", "rows", "files", "size", "partitioned by"], alignedRight: [1, 2, 3, 4]).print(rows)
    }
}

struct TableHistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "history", abstract: "List the versions of a table, the newest first.")

    @OptionGroup var table: TableArgument
    @OptionGroup var workspace: WorkspaceOption
    @Option(help: "How many versions at most.")
    var limit = 20

    func run() throws {
        try FaultText.reporting {
            let tables = try Session(workspace: workspace.value).context.tables
            try table.checkExists(in: workspace.value)
            try Self.print(table.name, in: tables, limit: limit)
        }
    }

    static func print(_ name: String, in tables: TableCatalog, limit: Int) throws {
        let rows = try tables.table(name).history(limit: limit).map { commit in
            [
                "v\(commit.version)", commit.timestamp.map(time) ?? "?", commit.operation, commit.rowsAdded.grouped,
                commit.filesAdded.grouped, commit.filesRemoved.grouped, commit.record?.rowsRejected.grouped ?? "",
                commit.record.map { String(format: "%.2f", $0.durationSeconds) } ?? "",
                commit.record?.inputs.sorted { $0.key < $1.key }.map { "\($0.key) v\($0.value)" }.joined(separator: ", ") ?? "",
            ]
        }
        TextColumns(
            ["version", "time (UTC)", "operation", "rows added", "files added", "removed", "rejected", "seconds", "read"],
            alignedRight: [0, 3, 4, 5, 6, 7]
        ).print(rows)
    }

    private static func time(_ milliseconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(.iso8601.dateSeparator(.dash).dateTimeSeparator(.space))
            .replacing("Z", with: "")
    }
}
