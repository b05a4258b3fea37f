import Columnar
import Language
import Learning

/// Where features are computed, in the tables of a notebook, and by which formula.
struct FeatureLineage {
    /// Columns put in each other's place before an expression is left as it stands, since shared parts are written out each time.
    private static let limit = 200

    /// The pipelines of the notebook's tables.
    let tables: [String: CheckedPipeline]
    let functions: (String) -> SeriesFunction?

    func definitions(of model: CheckedModel) -> [String: FeatureDefinition] {
        Dictionary(uniqueKeysWithValues: model.features.map { ($0.name, definition(of: $0.name, in: model.pipeline, table: nil, [])) })
    }

    /// As the notebook writes it, parameters being their values.
    func target(of model: CheckedModel) -> String { "\(model.target.name) = \(model.target.expression.code(functions))" }

    /// A column that is only passed on is followed into the table it comes from.
    private func definition(
        of column: String, in pipeline: CheckedPipeline, table: String?, _ seen: Set<String>
    ) -> FeatureDefinition {
        var budget = Self.limit
        let expression = resolved(column, in: pipeline, before: pipeline.steps.count, &budget)
        guard case .column(let origin, _) = expression, case .table(let source, _) = pipeline.source.kind else {
            return FeatureDefinition(formula: expression.code(functions), table: table)
        }
        guard let upstream = tables[source], !seen.contains(source) else {
            return FeatureDefinition(formula: expression.code(functions), table: source)
        }
        return definition(of: origin, in: upstream, table: source, seen.union([source]))
    }

    /// A column after the first `end` steps, as an expression of the columns of the pipeline's source.
    private func resolved(
        _ column: String, in pipeline: CheckedPipeline, before end: Int, _ budget: inout Int
    ) -> CheckedExpression {
        budget -= 1
        for index in (0..<end).reversed() {
            switch pipeline.steps[index].kind {
            case .select(let columns):
                return substituted(columns, column, in: pipeline, before: index, &budget)
            case .summarize(let groups, let aggregates):
                return substituted(groups + aggregates, column, in: pipeline, before: index, &budget)
            case .derive(let columns):
                guard let place = columns.lastIndex(where: { $0.name == column }) else { continue }
                return derived(columns, place, in: pipeline, before: index, &budget)
            case .join(let other, _, _):
                let before = index == 0 ? pipeline.source.shape : pipeline.steps[index - 1].shape
                guard before[column] == nil else { continue }
                return resolved(column, in: other, before: other.steps.count, &budget)
            default: continue
            }
        }
        return .column(column, pipeline.source.shape[column]?.type ?? .double)
    }

    private func substituted(
        _ columns: [NamedExpression], _ name: String, in pipeline: CheckedPipeline, before index: Int, _ budget: inout Int
    ) -> CheckedExpression {
        guard let named = columns.first(where: { $0.name == name }) else { return .column(name, .double) }
        return named.expression.replacingColumns { budget > 0 ? resolved($0, in: pipeline, before: index, &budget) : nil }
    }

    /// Within one `derive`, later columns see earlier ones.
    private func derived(
        _ columns: [NamedExpression], _ place: Int, in pipeline: CheckedPipeline, before index: Int, _ budget: inout Int
    ) -> CheckedExpression {
        columns[place].expression.replacingColumns { name in
            guard budget > 0 else { return nil }
            budget -= 1
            guard let earlier = columns[..<place].lastIndex(where: { $0.name == name }) else {
                return resolved(name, in: pipeline, before: index, &budget)
            }
            return derived(columns, earlier, in: pipeline, before: index, &budget)
        }
    }
}
