import Columnar
import DeltaTable
import Language
import Planner

/// Foretells what a run would do, statement by statement, and writes nothing.
///
/// What a table's rows will be is not known before they are made, so the times of changes are passed on as they are: a run makes at
/// most these rows again, and fewer where some turn out as they were.
package struct RunPlanner {
    /// What a run would do for one statement.
    package struct Step {
        package let cell: String
        package let name: String
        package let isModel: Bool
        /// Nil when nothing is to be done.
        package let staleness: Staleness?
        package let work: TableWork
        /// Whether an input is going to change in the same run, so that its rows are not known yet.
        package let isEstimate: Bool
    }

    private let context: RunContext
    private let options: NotebookRunner.Options
    /// Whether to find out how much would be read and written, which may take an engine.
    private let foretellsWork: Bool
    /// How statements planned so far would change their tables.
    private var pending: [String: PendingChange] = [:]

    package init(context: RunContext, options: NotebookRunner.Options, foretellsWork: Bool = true) {
        self.context = context
        self.options = options
        self.foretellsWork = foretellsWork
    }

    /// The steps of the chosen cells in order; throws what would stop a run before it begins.
    package mutating func plan(_ loaded: LoadedNotebook) throws -> [Step] {
        guard loaded.diagnostics.isEmpty else { throw RunFault.mistakes(loaded.diagnostics) }
        var steps: [Step] = []
        for cell in try NotebookRunner.chosenCells(of: loaded.checked, options) {
            for statement in cell.statements {
                do {
                    if let step = try step(statement, in: cell.name) { steps.append(step) }
                } catch {
                    throw StatementFault(cell: cell.name, span: statement.span, underlying: error)
                }
            }
        }
        return steps
    }

    /// Those of the tables that statements planned so far are going to change.
    func changing(_ tables: Set<String>) -> [String] { tables.filter { pending[$0] != nil }.sorted() }

    /// What a run would do for a statement, after those asked about before; nil for statements that make nothing to keep.
    mutating func step(_ statement: CheckedStatement, in cell: String) throws -> Step? {
        switch statement.kind {
        case .table(let name, let pipeline):
            let isEstimate = pipeline.tables.contains { pending[$0] != nil }
            let (staleness, work, change) = try foretell(name, pipeline)
            pending[name] = change
            return Step(cell: cell, name: name, isModel: false, staleness: staleness, work: work, isEstimate: isEstimate)
        case .model(let name, let model):
            let staleness = try staleness(of: name, model)
            return Step(
                cell: cell, name: name, isModel: true, staleness: staleness,
                work: TableWork(staleness == nil ? .nothing : .whole(because: nil)),
                isEstimate: model.pipeline.tables.contains { pending[$0] != nil })
        case .assertion, .show, .plot, .serve: return nil
        }
    }

    private func staleness(of name: String, _ model: CheckedModel) throws -> Staleness? {
        let changing = changing(model.pipeline.tables)
        guard try model.pipeline.tables.allSatisfy({ try context.snapshots.newest($0) != nil }) else { return .neverMade }
        let staleness = try ModelEvaluator(context: context, fullRefresh: options.fullRefresh).staleness(name, model)
        return staleness ?? (changing.isEmpty ? nil : .inputsWillChange(changing))
    }

    private func foretell(_ name: String, _ pipeline: CheckedPipeline) throws -> (Staleness?, TableWork, PendingChange?) {
        guard try pipeline.tables.allSatisfy({ try context.snapshots.newest($0) != nil }) else {
            return (.neverMade, TableWork(.whole(because: nil)), .whole)
        }
        let state = try TableState(name: name, pipeline: pipeline, context: context, fullRefresh: options.fullRefresh)
        let changing = changing(pipeline.tables)
        guard let staleness = state.staleness ?? (changing.isEmpty ? nil : .inputsWillChange(changing)) else {
            return (nil, TableWork(.nothing), nil)
        }
        guard foretellsWork else { return (staleness, TableWork(.whole(because: nil)), .whole) }
        do {
            let (work, ranges) = try ForetoldWork(context: context, state: state, pending: pending).work(staleness)
            return (staleness, work, ranges.isEmpty ? nil : .ranges(ranges))
        } catch let obstacle as IncrementalPlan.Obstacle {
            var work = TableWork(.whole(because: obstacle.reason.isEmpty ? nil : obstacle.reason))
            (work.filesRead, work.filesPresent) = state.filesRead
            work.filesReplaced = state.current?.files.count ?? 0
            return (staleness, work, .whole)
        }
    }
}

/// How a table is going to change in the run that is planned.
enum PendingChange {
    case whole
    case ranges(EntityRanges)
}
