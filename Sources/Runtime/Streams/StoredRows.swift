import Columnar
import DeltaTable
import Language
import Planner

/// The rows of some files of a table, as they stand there.
struct StoredRows {
    let context: RunContext
    let name: String
    let snapshot: Snapshot

    /// In the order of ingestion, or of the key where the files follow each other by it, after some stages.
    func stream(of files: [DataFile], _ stages: [PlanStage] = []) throws -> any RecordBatchStream {
        var executor = PlanExecutor(provider: context.provider, workspace: context.workspace, snapshots: [name: snapshot])
        executor.restriction = ScanRestriction(files: files, times: nil, time: snapshot.key?.time ?? "")
        let scan = TableScan(table: name, columns: snapshot.schema.names, schema: snapshot.schema, pruning: [])
        return try executor.stream(PipelinePlan(source: .table(scan), stages: stages, shape: snapshot.shape)).stream
    }
}
