import Columnar
import DeltaTable
import Language
import Planner

/// Reads the rows of some files of a table's version.
struct StoredRows {
    let context: RunContext
    let name: String
    let snapshot: Snapshot

    /// In the order of `files`, or of the key where the files follow each other by it, after some stages.
    func stream(_ files: [DataFile], _ stages: [PlanStage] = []) throws -> any RecordBatchStream {
        var executor = PlanExecutor(provider: context.provider, workspace: context.workspace, snapshots: [name: snapshot])
        executor.restriction = ScanRestriction(files: files, times: nil, time: snapshot.key?.time ?? "")
        let scan = TableScan(table: name, columns: snapshot.schema.names, schema: snapshot.schema, pruning: [])
        return try executor.stream(PipelinePlan(source: .table(scan), stages: stages, shape: snapshot.shape)).stream
    }
}
