import Columnar
package import Language

/// Turns checked pipelines into plans.
package struct PipelinePlanner {
    private var builder: PlanBuilder

    /// The plan of a pipeline's rows; a table's or a model's rows come in key order wherever a step lost the source's order, rows that are
    /// shown wherever they have a key.
    package static func plan(_ pipeline: CheckedPipeline, showing: Bool = false) -> PipelinePlan {
        var planner = PipelinePlanner(builder: PlanBuilder(source: pipeline.source))
        for step in pipeline.steps { planner.append(step) }
        planner.builder.restoreOrder(of: pipeline.shape, showing: showing)
        return planner.builder.finish(shape: pipeline.shape, columns: pipeline.shape.names)
    }

    /// The plan of a model's samples: key, features, the target, and `label_end`, the time of the last row the label depends on.
    package static func plan(samplesOf model: CheckedModel) -> PipelinePlan {
        var planner = PipelinePlanner(builder: PlanBuilder(source: model.pipeline.source))
        for step in model.pipeline.steps { planner.append(step) }
        let timeType = model.pipeline.shape[model.key.time]!.type
        let time = CheckedExpression.column(model.key.time, timeType)
        let labelEnd: CheckedExpression =
            model.targetLookAhead == 0
            ? time
            : .series(
                function: "next", inputs: [time], parameters: [.int(Int64(model.targetLookAhead))], type: timeType,
                window: .finite(lookBack: 0, lookAhead: model.targetLookAhead))
        let added = [
            NamedExpression(name: SampleColumn.labelEnd, expression: labelEnd),
            NamedExpression(name: SampleColumn.target, expression: model.target.expression),
        ]
        planner.builder.derive(added, key: model.key)
        let columns = model.key.columns + model.features.map(\.name).filter { !model.key.columns.contains($0) } + added.map(\.name)
        let shape = TableShape(columns: columns.map { ColumnShape(name: $0, type: planner.builder.type(of: $0)) }, key: model.key)
        planner.builder.sort(by: model.key)
        return planner.builder.finish(shape: shape, columns: columns)
    }

    private mutating func append(_ step: CheckedStep) {
        switch step.kind {
        case .select(let columns): builder.select(columns, key: builder.key)
        case .derive(let columns): builder.derive(columns, key: builder.key)
        case .filter(let conditions): builder.filter(conditions, key: builder.key)
        case .sort(let terms): builder.order(terms, key: builder.key)
        case .take(let count, let offset): builder.take(count: count, offset: offset)
        case .key(let key): builder.key = key
        case .partition: break
        case .latest(let key):
            builder.sort(by: key)
            builder.append(.latest(key))
        case .require(let rules, let onFailure): builder.require(rules, onFailure: onFailure, at: step.span)
        case .summarize(let groups, let aggregates): builder.summarize(groups: groups, aggregates: aggregates)
        case .join(let other, let on, let kind): builder.join(Self.plan(other), on: on, kind: kind)
        case .union(let other): builder.union(Self.plan(other))
        case .describe(let columns): builder.describe(columns)
        }
        builder.key = step.shape.key
    }
}

/// Names of the columns that planning adds for models.
package enum SampleColumn {
    package static let target = "__target"
    package static let labelEnd = "__label_end"
}
