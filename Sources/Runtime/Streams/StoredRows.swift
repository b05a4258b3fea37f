import Columnar
import DeltaTable
import Language
import Planner

/// The rows of some files of a table, as they stand there.
struct StoredRows {
    let context: RunContext
    let name: String
    let snapshot: Snapshot

    /// File after file in the order of ingestion; of one file, in the file's order.
    func stream(of files: [DataFile]) throws -> any RecordBatchStream {
        var executor = PlanExecutor(provider: context.provider, workspace: context.workspace, snapshots: [name: snapshot])
        executor.restriction = ScanRestriction(files: files, times: nil, time: "")
        let scan = TableScan(table: name, columns: snapshot.schema.names, schema: snapshot.schema, pruning: [])
        return try executor.stream(PipelinePlan(source: .table(scan), stages: [], shape: snapshot.shape)).stream
    }
}
