package import DeltaTable
package import Language
import Synchronization

/// What the statements of one run share.
package final class RunContext: Sendable {
    let workspace: Workspace
    let provider: EngineProvider
    let snapshots: SnapshotCache
    package let progress = RunProgress()
    let notebook: String
    let charts: ChartFiles
    /// Tables that the checker took for absent because their log cannot be read, and why.
    let unreadableTables = Mutex<[String: any Error]>([:])

    package init(
        workspace: Workspace, provider: EngineProvider, notebook: String = "", chartRenderer: ChartRenderer = ChartRenderer(),
        warn: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.workspace = workspace.keepingCheckpoints(EngineCheckpoints(provider: provider, workspace: workspace, warn: warn))
        self.provider = provider
        self.notebook = notebook
        charts = ChartFiles(workspace: workspace, renderer: chartRenderer)
        snapshots = SnapshotCache(tables: self.workspace.tables)
    }

    package var tables: TableCatalog { workspace.tables }

    /// Takes away what this process spilled, and what processes that were killed left behind.
    package func removeTemporaryFolders() { workspace.removeTemporaryFolders() }

    /// Throws the fault of a log that cannot be read, where a mistake found by the checker is a consequence of it.
    package func checkLogs(for diagnostics: [Diagnostic]) throws {
        let faults = unreadableTables.withLock { $0 }
        for diagnostic in diagnostics {
            if case .check(.unknownName(.table, let name, _)) = diagnostic.problem, let fault = faults[name] { throw fault }
        }
    }
}

/// Snapshots read once; asked again, only what was committed since is read.
final class SnapshotCache: Sendable {
    private let tables: TableCatalog
    private let known = Mutex<[String: Snapshot]>([:])

    init(tables: TableCatalog) { self.tables = tables }

    /// The newest version; nil when there is no such table.
    func newest(_ name: String) throws -> Snapshot? {
        let table = tables.table(name)
        let earlier = known.withLock { $0[name] }
        let snapshot = try earlier.map(table.refresh) ?? table.snapshot()
        known.withLock { $0[name] = snapshot }
        return snapshot
    }
}
