import DeltaTable
import Planner

extension Staleness {
    /// Inputs that have changed, in a column that the plan reads, since the version recorded.
    static func advances(
        recorded: [String: Int], now: [String: Snapshot], for plan: PipelinePlan, in context: RunContext
    ) throws -> [String: Advance] {
        var advances: [String: Advance] = [:]
        for (name, snapshot) in now {
            guard let read = recorded[name], read <= snapshot.version else {
                advances[name] = Advance(from: recorded[name], to: snapshot.version)
                continue
            }
            guard snapshot.lastChange > read else { continue }
            let commits = try context.workspace.tables.table(name).commits(read + 1...snapshot.version)
            let kept = commits.prefix { $0.keeps(plan.columnsRead(of: name)) }.count
            // What was read is what stands in the last version that kept it.
            if kept < commits.count { advances[name] = Advance(from: read + kept, to: snapshot.version) }
        }
        return advances
    }
}

extension CommitInfo {
    /// Whether the commit left the values of these columns, and the rows, as they were.
    fileprivate func keeps(_ columns: Set<String>) -> Bool {
        if operation == "OPTIMIZE" || operation == "ASSERT" { return true }
        return record?.unchangedColumns.map { columns.isSubset(of: $0) } ?? false
    }
}

extension PipelinePlan {
    /// The columns that the source, joins and unions read of a table.
    func columnsRead(of table: String) -> Set<String> {
        var columns: Set<String> = []
        if case .table(let scan) = source, scan.table == table { columns.formUnion(scan.columns) }
        for case .relation(let relation) in stages {
            for side in relation.sides.values { columns.formUnion(side.columnsRead(of: table)) }
        }
        return columns
    }
}
