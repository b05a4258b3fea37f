import DeltaTable
import Foundation
import Language
import Learning

/// Finds out how each cell of a notebook stands, by the planner's own comparison with the last commits.
struct NotebookSurvey {
    let check: SessionCheck
    let state: SessionState
    let context: RunContext
    /// Those that run.
    let servers: Set<RunningServer>
    /// What an error is called before people.
    let words: (any Error) -> String

    func cells() -> [CellSurvey] {
        var planner = RunPlanner(context: context, options: NotebookRunner.Options(), foretellsWork: false)
        let makers = makers
        return state.notebook.cellNames.map { name in
            let made = made(by: name)
            return CellSurvey(
                name: name, standing: standing(of: name, &planner), needs: needs(of: name, makers),
                rows: made.rows ?? runs(name)?.rowsShown,
                version: made.version, lastRun: made.time ?? runs(name)?.ended)
        }
    }

    // MARK: Standing

    private func standing(of cell: String, _ planner: inout RunPlanner) -> CellSurvey.Standing {
        let own = check.ownMistakes(of: cell)
        if !own.isEmpty { return .mistaken(count: own.count) }
        if check.isBlocked(cell) { return .blocked }
        let statements = check.statements(of: cell)
        guard !statements.isEmpty else { return .definitions }
        let keepsSomething = statements.contains(where: \.keepsSomething)
        var worst = CellSurvey.Standing.fresh
        for statement in statements {
            // Where tables are fresh, that rows were not shown in this session says nothing of the cell.
            if keepsSomething, !statement.keepsSomething, runs(cell) == nil { continue }
            let standing = standing(of: statement, in: cell, &planner)
            if standing.urgency > worst.urgency { worst = standing }
        }
        if case .failed(let reason)? = runs(cell)?.result, runs(cell)?.code == check.fingerprint(of: cell), worst != .fresh {
            return .failed(reason)
        }
        return worst
    }

    private func standing(of statement: CheckedStatement, in cell: String, _ planner: inout RunPlanner) -> CellSurvey.Standing {
        do {
            switch statement.kind {
            case .table, .model:
                guard let staleness = try planner.step(statement, in: cell)?.staleness else { return .fresh }
                return staleness == .neverMade ? .neverRun : .stale(because: "\(staleness)")
            case .assertion(let assert): return try standing(of: assert, in: cell, planner)
            case .serve(let model, let port): return servers.contains(RunningServer(name: model, port: port)) ? .fresh : .notServing
            default:
                return try standing(ofShown: statement, in: cell, planner)
            }
        } catch {
            return .failed(words((error as? StatementFault)?.underlying ?? error))
        }
    }

    private func standing(of assert: CheckedAssert, in cell: String, _ planner: RunPlanner) throws -> CellSurvey.Standing {
        guard let current = try context.snapshots.newest(assert.table) else { return .neverRun }
        let changing = planner.changing([assert.table])
        guard changing.isEmpty else { return .stale(because: "\(Staleness.inputsWillChange(changing))") }
        return TableAudit(context: context, asserts: [assert], cell: cell)?.isHeld(by: current) ?? true ? .fresh : .neverRun
    }

    private func standing(ofShown statement: CheckedStatement, in cell: String, _ planner: RunPlanner) throws -> CellSurvey.Standing {
        guard hasRun(cell), let shown = runs(cell)?.shown else { return .neverRun }
        let changing = planner.changing(statement.namesRead)
        guard changing.isEmpty else { return .stale(because: "\(Staleness.inputsWillChange(changing))") }
        let reasons = try shown.map { try $0.staleness(of: statement, context) }
        guard !reasons.contains(nil) else { return .fresh }
        return .stale(because: reasons.compactMap(\.self).last ?? "\(Staleness.definitionChanged)")
    }

    private func runs(_ cell: String) -> CellRun? { state.runs[cell] }

    private func hasRun(_ cell: String) -> Bool { runs(cell)?.result == .done }

    // MARK: Needs and results

    /// The cell that makes each table and model.
    private var makers: [String: String] {
        var makers: [String: String] = [:]
        for cell in check.loaded.checked.cells {
            for statement in cell.statements {
                switch statement.kind {
                case .table(let name, _), .model(let name, _): makers[name] = makers[name] ?? cell.name
                default: continue
                }
            }
        }
        return makers
    }

    private func needs(of cell: String, _ makers: [String: String]) -> [String] {
        let read = check.statements(of: cell).reduce(into: Set<String>()) { $0.formUnion($1.namesRead) }
        let needed = Set(read.compactMap { makers[$0] ?? makers[$0.withoutRejectsSuffix] }).subtracting([cell])
        return state.notebook.cellNames.filter(needed.contains)
    }

    /// Rows and version of what a cell keeps; of several tables, the sum and the last.
    private func made(by cell: String) -> (rows: Int?, version: String?, time: Date?) {
        var rows: Int?
        var version: String?
        var time: Date?
        for statement in check.statements(of: cell) {
            switch statement.kind {
            case .table(let name, _):
                guard let snapshot = try? context.snapshots.newest(name) else { continue }
                rows = (rows ?? 0) + (snapshot.rowCount ?? 0)
                version = "v\(snapshot.version)"
                time = snapshot.lastCommit.timestamp.map { Date(timeIntervalSince1970: Double($0) / 1000) }
            case .model(let name, _):
                guard let latest = try? context.workspace.models.latestMetadata(name) else { continue }
                version = "v\(latest.version)"
                time = try? Date(latest.metadata.created, strategy: .iso8601)
            default: continue
            }
        }
        return (rows, version, time)
    }
}

extension CellSurvey.Standing {
    /// Of several statements' standings, the highest is the cell's.
    fileprivate var urgency: Int {
        switch self {
        case .definitions: 0
        case .fresh: 1
        case .notServing: 2
        case .stale: 3
        case .neverRun: 4
        case .blocked: 5
        case .mistaken: 6
        case .failed: 7
        }
    }
}

extension CheckedStatement {
    fileprivate var keepsSomething: Bool {
        switch kind {
        case .table, .model: true
        default: false
        }
    }

    /// Tables, and the model that is served.
    var namesRead: Set<String> {
        switch kind {
        case .model(_, let model): model.pipeline.tables
        case .assertion(let assert): [assert.table]
        case .serve(let model, _): [model]
        default: pipeline?.tables ?? []
        }
    }
}

extension String {
    fileprivate var withoutRejectsSuffix: String {
        hasSuffix(TableName.rejectsSuffix) ? String(dropLast(TableName.rejectsSuffix.count)) : self
    }
}
