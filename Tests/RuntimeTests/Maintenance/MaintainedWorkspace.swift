import DeltaTable
import Foundation

@testable import Runtime

/// A workspace whose tables have grown in small steps: a table of files and one derived from it.
final class MaintainedWorkspace {
    let workspace: TestWorkspace
    static let cells = """
        \(pricesCell)
        ```tick features
        table t.features = raw.stocks
          | latest()
          | derive(average = sma(close, 2))
          | partition(symbol)
        ```
        """

    /// Takes in one file after another, each by a run of its own. The second corrects a row of the first.
    init() throws {
        workspace = try TestWorkspace()
        try takeIn("a.csv", [("A", "2020-01-02", 1), ("A", "2020-01-03", 2), ("B", "2020-01-02", 10)])
        try takeIn("b.csv", [("A", "2020-01-03", 3), ("A", "2020-01-06", 5), ("B", "2020-01-03", 30)])
        try takeIn("c.csv", [("A", "2020-01-07", 7), ("B", "2020-01-06", 50)])
    }

    func takeIn(_ name: String, _ lines: [(String, String, Double)]) throws {
        try workspace.write(name, prices(lines))
        try workspace.run(Self.cells)
    }

    var context: RunContext { RunContext(workspace: workspace.workspace, provider: EngineProvider(open: TestWorkspace.engine.get)) }

    func folder(_ name: String) -> String { workspace.workspace.tables.folder(of: name) }

    func snapshot(_ name: String) throws -> Snapshot {
        guard let snapshot = try context.tables.table(name).snapshot() else { throw RunFault.missingInput(table: name) }
        return snapshot
    }

    /// The rows of a table as another Delta program reads them, sorted.
    func rowsOfOthers(_ name: String, version: Int? = nil) throws -> [String] {
        let answer = try Shell.python("read_table.py", [folder(name), version.map(String.init) ?? ""])
        let rows = (answer as? [String: Any])?["rows"] as? [[String: Any]] ?? []
        return rows.map { row in row.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ") }.sorted()
    }

    @discardableResult
    func optimize(_ name: String) throws -> TableOptimization.Outcome { try TableOptimization(context: context, name: name).run() }

    /// Commits that change nothing, until the version is reached.
    func growLog(of name: String, to version: Int) throws {
        let table = context.tables.table(name)
        while let snapshot = try table.snapshot(), snapshot.version < version {
            var transaction = Transaction(
                operation: "NOTE", rule: .replaces(readVersion: snapshot.version), schema: snapshot.schema,
                partitioning: snapshot.partitioning)
            transaction.record = snapshot.lastCommit.record
            _ = try table.commit(transaction)
        }
    }
}
