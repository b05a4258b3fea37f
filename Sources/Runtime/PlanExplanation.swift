import Columnar
import DeltaTable
import Engine
package import Language
import Planner

/// Tells how a statement is going to be made: for people, in words and in SQL.
package struct PlanExplanation {
    private let context: RunContext

    package init(context: RunContext) { self.context = context }

    /// The stages a statement's rows pass through, and every column's window.
    package func plan(_ statement: CheckedStatement) throws -> String {
        switch statement.kind {
        case .table(let name, let pipeline): describe("table \(name)", PipelinePlanner.plan(pipeline), pipeline.shape)
        case .assertion(let assert): describe(assert)
        case .model(let name, let model): describe("model \(name)", PipelinePlanner.plan(samplesOf: model), model.pipeline.shape)
        case .show(let pipeline, _): describe("show", PipelinePlanner.plan(pipeline, showing: true), pipeline.shape)
        case .plot(let plot): describe("plot", PipelinePlanner.plan(plot.pipeline, showing: true), plot.pipeline.shape)
        case .serve(let model, let port): "serve \(model) on \(port)"
        }
    }

    /// The SQL a statement runs; tables that are not made yet have none.
    package func sql(_ statement: CheckedStatement) throws -> String {
        switch statement.kind {
        case .table(let name, let pipeline): try sql("table \(name)", pipeline, PipelinePlanner.plan(pipeline))
        case .assertion(let assert): try sql(assert)
        case .model(let name, let model): try sql("model \(name)", model.pipeline, PipelinePlanner.plan(samplesOf: model))
        case .show(let pipeline, _): try sql("show", pipeline, PipelinePlanner.plan(pipeline, showing: true))
        case .plot(let plot): try sql("plot", plot.pipeline, PipelinePlanner.plan(plot.pipeline, showing: true))
        case .serve: ""
        }
    }

    /// The engine's own account of how it reads a statement's files, before streams of ours take over.
    package func engine(_ statement: CheckedStatement) throws -> String {
        guard let (title, pipeline, plan) = parts(of: statement) else { return "" }
        let query = PipelineQuery(context: context)
        let files = try query.filesRead(pipeline).map { "\n-- reads \($0.read) of \($0.present) files of \($0.table)" } ?? ""
        guard let first = try query.statements(plan, of: pipeline).first else { return "-- \(title)\(files)" }
        return "-- \(title)\(files)\n" + (try context.provider.get().engine.explain(first, inputs: [:]))
    }

    private func parts(of statement: CheckedStatement) -> (title: String, CheckedPipeline, PipelinePlan)? {
        switch statement.kind {
        case .table(let name, let pipeline): ("table \(name)", pipeline, PipelinePlanner.plan(pipeline))
        case .model(let name, let model): ("model \(name)", model.pipeline, PipelinePlanner.plan(samplesOf: model))
        case .show(let pipeline, _): ("show", pipeline, PipelinePlanner.plan(pipeline, showing: true))
        case .plot(let plot): ("plot", plot.pipeline, PipelinePlanner.plan(plot.pipeline, showing: true))
        case .assertion, .serve: nil
        }
    }

    private func describe(_ title: String, _ plan: PipelinePlan, _ shape: TableShape) -> String {
        let stages = ([plan.source.summary] + plan.stages.map(\.summary)).map { "  → \($0)" }
        let windows = shape.columns.filter { $0.window != .row || $0.lookAhead != nil }.map { column in
            "  window of \(column.name): \(column.window)"
                + (column.lookAhead.map { " (looks ahead: \($0.path.joined(separator: " ← ")))" } ?? "")
        }
        return ([title] + stages + windows).joined(separator: "\n")
    }

    private func describe(_ assert: CheckedAssert) -> String {
        let conditions = assert.conditions.map { "  → \($0.text): \($0.kind.summary)" }
        return (["assert \(assert.table)"] + conditions).joined(separator: "\n")
    }

    /// What the asserts ask of the table's newest version; of one that is not made yet, nothing.
    private func sql(_ assert: CheckedAssert) throws -> String {
        guard let snapshot = try context.snapshots.newest(assert.table), !snapshot.files.isEmpty else { return "" }
        let statements = try TableAudit(context: context, asserts: [assert], cell: "")!.statements(snapshot)
        guard !statements.isEmpty else { return "" }
        return "-- assert \(assert.table)\n" + statements.map(Self.withFewPaths).joined(separator: ";\n\n") + ";"
    }

    private func sql(_ title: String, _ pipeline: CheckedPipeline, _ plan: PipelinePlan) throws -> String {
        let query = PipelineQuery(context: context)
        let files = try query.filesRead(pipeline).map { "\n-- reads \($0.read) of \($0.present) files of \($0.table)" } ?? ""
        let statements = try query.statements(plan, of: pipeline)
        return "-- \(title)\(files)\n" + statements.map(Self.withFewPaths).joined(separator: ";\n\n") + ";"
    }

    /// Of a list of files the first two, and how many more there are.
    static func withFewPaths(_ sql: String) -> String {
        let path = #"'(?:[^']|'')*\.parquet'"#
        guard let list = try? Regex("\(path)(?:, ?\(path))+"), let single = try? Regex(path) else { return sql }
        return sql.replacing(list) { match in
            let paths = match.0.matches(of: single).map { String($0.0) }
            return paths.count > 3 ? "\(paths[0]), \(paths[1]), … \(paths.count - 2) more" : String(match.0)
        }
    }
}

extension PlanSource {
    var summary: String {
        switch self {
        case .table(let scan): "scan \(scan.table): \(scan.columns.joined(separator: ", "))"
        case .files(let files, let columns): "read \(files.format.rawValue) \(files.glob): \(columns.joined(separator: ", "))"
        }
    }
}

extension PlanStage {
    var summary: String {
        switch self {
        case .relation(let relation):
            "SQL: \(relation.steps.map(\.summary).joined(separator: ", ")) → \(relation.output.names.joined(separator: ", "))"
        case .sort(let key): "sort by \(key.columns.joined(separator: ", ")) (nothing to do where the files are in this order)"
        case .latest(let key): "keep the last row of each \(key.columns.joined(separator: ", "))"
        case .series(let step, _):
            "series per \(step.entity.joined(separator: ", ")): "
                + step.calls.map { "\($0.output) = \($0.code)" }.joined(separator: ", ")
        case .project(let projections):
            "columns \(projections.map { $0.name == $0.from ? $0.name : "\($0.name) = \($0.from)" }.joined(separator: ", "))"
        case .require(let step): "\(step.onFailure.rawValue) rows that break: \(step.rules.joined(separator: "; "))"
        }
    }
}

extension AssertCondition.Kind {
    var summary: String {
        switch self {
        case .row(let condition): "each new row; reads \(condition.columns.sorted().joined(separator: ", "))"
        case .unique: "new rows, and kept rows that may have the same values"
        case .rowCount: "the table's number of rows; reads nothing"
        }
    }
}

extension RelationStep {
    var summary: String {
        switch self {
        case .select: "select"
        case .filter: "filter"
        case .order: "order"
        case .limit(let count, let offset): "take \(count)" + (offset > 0 ? " after \(offset)" : "")
        case .summarize(let groups, _, _): "summarize by \(groups.map(\.name).joined(separator: ", "))"
        case .join(_, let on, let kind, _, _): "\(kind.rawValue) join on \(on.joined(separator: ", "))"
        case .union: "union"
        case .describe(let columns): "describe \(columns.map(\.name).joined(separator: ", "))"
        }
    }
}
