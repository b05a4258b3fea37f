import ArgumentParser
import Columnar
import DeltaTable
import Language
import Runtime

struct TableDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show which rows came, went and changed between two versions of a table.",
        discussion: """
            Rows are told apart by the table's key; without one, a row has only come or gone. Only files that are not in both versions are \
            read.
            """)

    @OptionGroup var table: TableArgument
    @ArgumentParser.Argument(help: "The older version, such as 3 or v3.")
    var older: VersionNumber
    @ArgumentParser.Argument(help: "The newer version; by default the newest there is.")
    var newer: VersionNumber?
    @OptionGroup var workspace: WorkspaceOption
    @Option(help: "How rows are printed: table, csv or json (one object per line).")
    var format = RowsFormat.table
    @Option(help: "How many rows at most; by default 40 in a table and all otherwise.")
    var limit: Int?

    func run() throws {
        let session = try Session(workspace: workspace.value)
        try session.maintaining {
            try table.checkExists(in: workspace.value)
            let difference = try TableDifference(
                context: session.context, name: table.name, older: older.number, newer: newer?.number)
            let rows = try difference.rows()
            let (older, newer) = difference.versions
            if format == .table {
                try format.print(ShownRows(stream: rows, code: ""), limit: limit ?? 40)
            } else {
                try format.print(ShownRows(stream: FirstRows(rows, limit: limit ?? .max), code: ""))
            }
            let counts = rows.counts
            let columns = difference.columnChanges
            let summary =
                "v\(older) → v\(newer): +\(counts.added.grouped) −\(counts.removed.grouped) ~\(counts.changed.grouped) rows"
                + (columns.isEmpty ? "" : "; columns \(columns.joined(separator: " "))")
            if format == .table { Terminal.print(summary) } else { Terminal.note(summary) }
        }
    }
}

/// The first rows of a stream, which is read to its end all the same.
private final class FirstRows: RecordBatchStream {
    let schema: Schema
    private let input: any RecordBatchStream
    private var left: Int

    init(_ input: any RecordBatchStream, limit: Int) {
        self.input = input
        schema = input.schema
        left = limit
    }

    func next() throws -> RecordBatch? {
        while let batch = try input.next() {
            guard left > 0 else { continue }
            defer { left -= min(left, batch.count) }
            return left < batch.count ? batch.slice(0..<left) : batch
        }
        return nil
    }
}
