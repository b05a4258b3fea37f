import Columnar
import Language
import Planner

/// A rule that rows met on their way into a table, in terms of that table's columns.
struct ServedRule: Sendable {
    let condition: CheckedExpression
    let text: String

    /// The rules of all `require` steps above a table that tell of columns it still has as they were then.
    static func rules(above table: String, in notebook: CheckedNotebook) -> [ServedRule] {
        let pipelines = notebook.statements.compactMap { statement -> CheckedPipeline? in
            if case .table(table, let pipeline) = statement.kind { pipeline } else { nil }
        }
        guard let pipeline = pipelines.last else { return [] }
        var rules: [ServedRule] = []
        if case .table(let source, _) = pipeline.source.kind, source != table { rules = Self.rules(above: source, in: notebook) }
        for step in pipeline.steps {
            rules = rules.compactMap { $0.behind(step) }
            guard case .require(let requirements, let onFailure) = step.kind, onFailure != .warn else { continue }
            rules += requirements.filter { !$0.condition.containsSeries }.map { ServedRule(condition: $0.condition, text: $0.text) }
        }
        return rules
    }

    /// nil where a column it reads is gone or means something else.
    private func behind(_ step: CheckedStep) -> ServedRule? {
        switch step.kind {
        case .select(let columns): return renamed(columns)
        case .derive(let columns): return columns.contains { condition.columns.contains($0.name) } ? nil : self
        case .summarize, .union, .describe: return nil
        case .filter, .sort, .take, .key, .latest, .partition, .require, .join:
            return condition.columns.isSubset(of: step.shape.names) ? self : nil
        }
    }

    private func renamed(_ columns: [NamedExpression]) -> ServedRule? {
        var names: [String: CheckedExpression] = [:]
        for column in columns {
            if case .column(let from, let type) = column.expression { names[from] = .column(column.name, type) }
        }
        guard condition.columns.allSatisfy({ names[$0] != nil }) else { return nil }
        return ServedRule(condition: condition.replacingColumns { names[$0] }, text: text)
    }
}

extension ServedPlan {
    /// The first rule that a bar breaks, and which bar; `fields` are the columns that bars have.
    func brokenRule(of bars: RecordBatch, _ fields: [Field], _ input: Input) throws -> (rule: ServedRule, time: Int64)? {
        let known = Set(fields.map(\.name) + input.key.entity)
        let rules = rules.filter { $0.condition.columns.isSubset(of: known) }
        guard !rules.isEmpty, let time = bars.schema.type(of: input.key.time) else { return nil }
        var number = CheckedExpression.literal(.int(0), .int)
        for (index, rule) in rules.enumerated().reversed() {
            number = .scalar(.if, [rule.condition, number, .literal(.int(Int64(index + 1)), .int)], .int)
        }
        let columns = [
            NamedExpression(name: "time", expression: .column(input.key.time, time)), NamedExpression(name: "rule", expression: number),
        ]
        let relation = Relation(
            steps: [.select(columns)], sides: [:], output: Schema([Field("time", time), Field("rule", .int)]))
        let scan = TableScan(table: input.table, columns: bars.schema.names, schema: bars.schema, pruning: [])
        let plan = PipelinePlan(source: .table(scan), stages: [.relation(relation)], shape: input.snapshot.shape)
        let found = try run(plan, on: [bars], schema: bars.schema).flatMap { batch in
            (0..<batch.count).compactMap { row -> (Int64, Int)? in
                guard case .int(let rule) = batch.columns[1][row], rule > 0, let time = batch.columns[0][row].timeNumber else { return nil }
                return (time, Int(rule) - 1)
            }
        }
        return found.min { $0.0 < $1.0 }.map { (rules[$0.1], $0.0) }
    }
}
