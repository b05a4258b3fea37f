package import Columnar
import DeltaTable
import Engine
package import Language
import Planner

/// Answers one pipeline without storing anything.
package struct PipelineQuery {
    private let context: RunContext
    private let version: Int?

    /// With `version`, the pipeline's own table is read as it was then.
    package init(context: RunContext, atVersion version: Int? = nil) {
        self.context = context
        self.version = version
    }

    package func rows(_ pipeline: CheckedPipeline) throws -> any RecordBatchStream {
        try executor(pipeline).stream(PipelinePlanner.plan(pipeline, showing: true)).stream
    }

    /// Gives a pipeline's rows as often as it is called, of the same versions of its tables.
    func repeatedly(_ pipeline: CheckedPipeline) throws -> () throws -> any RecordBatchStream {
        let executor = try executor(pipeline)
        let plan = PipelinePlanner.plan(pipeline, showing: true)
        return { try executor.stream(plan).stream }
    }

    /// The SQL of each part of a plan that the engine runs.
    func statements(_ plan: PipelinePlan, of pipeline: CheckedPipeline) throws -> [String] {
        try executor(pipeline).statements(plan)
    }

    /// Files that are read of those there are, by table.
    package func filesRead(_ pipeline: CheckedPipeline) throws -> (table: String, read: Int, present: Int)? {
        guard case .table(let scan) = PipelinePlanner.plan(pipeline, showing: true).source else { return nil }
        let snapshot = try snapshots(pipeline)[scan.table]!
        let read = snapshot.files.count { $0.mayHold(scan.pruning, partitioning: snapshot.partitioning) }
        return (scan.table, read, snapshot.files.count)
    }

    private func executor(_ pipeline: CheckedPipeline) throws -> PlanExecutor {
        PlanExecutor(provider: context.provider, workspace: context.workspace, snapshots: try snapshots(pipeline))
    }

    private func snapshots(_ pipeline: CheckedPipeline) throws -> [String: Snapshot] {
        var snapshots = try InputTables.pinned(pipeline.tables, context)
        if let version, case .table(let name, _) = pipeline.source.kind {
            snapshots[name] = try context.workspace.tables.table(name).snapshot(at: version)
        }
        return snapshots
    }
}
