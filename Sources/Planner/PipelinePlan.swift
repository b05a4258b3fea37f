package import Columnar
package import Language

/// How a pipeline's rows come to be: a scan, then stages that each turn one stream of batches into the next.
package struct PipelinePlan: Sendable {
    package var source: PlanSource
    package var stages: [PlanStage]
    package let shape: TableShape

    package init(source: PlanSource, stages: [PlanStage], shape: TableShape) {
        self.source = source
        self.stages = stages
        self.shape = shape
    }

    /// Whether each output row comes from one input row alone, so that files can be ingested one by one.
    package var isRowWise: Bool { stages.allSatisfy(\.isRowWise) }

    /// The functions of series that it computes, those of joined and united pipelines included.
    package var functions: Set<String> {
        stages.reduce(into: []) { found, stage in
            switch stage {
            case .series(let step, _): found.formUnion(step.calls.map(\.function))
            case .relation(let relation): for side in relation.sides.values { found.formUnion(side.functions) }
            case .sort, .latest, .project, .require: break
            }
        }
    }
}

package enum PlanSource: Sendable {
    case table(TableScan)
    case files(FileSource, columns: [String])
}

/// The columns of a table to read, and what is known of the rows that matter.
package struct TableScan: Sendable {
    package let table: String
    package var columns: [String]
    package let schema: Schema
    /// Conditions that every row used meets; files without such rows need not be opened.
    package var pruning: [PruningCondition]

    package init(table: String, columns: [String], schema: Schema, pruning: [PruningCondition]) {
        self.table = table
        self.columns = columns
        self.schema = schema
        self.pruning = pruning
    }
}

package enum PlanStage: Sendable {
    /// SQL on the engine.
    case relation(Relation)
    /// Rows by key, rows of one key in the order they came; nothing to do where they are in this order already.
    case sort(Key)
    /// Of sorted rows with one key, the last.
    case latest(Key)
    case series(SeriesStep, time: String)
    /// Columns left out, reordered or renamed, without touching values.
    case project([Projection])
    /// Rows whose rule column is not 0 failed that rule; the column goes no further.
    case require(RequireStep)
}

package struct Projection: Sendable, Hashable {
    package let name: String
    package let from: String

    package init(name: String, from: String) {
        self.name = name
        self.from = from
    }
}

package struct RequireStep: Sendable, Hashable {
    /// An int column: 0, or the number of the first rule the row fails, counted from 1.
    package let ruleColumn: String
    /// The rules' texts.
    package let rules: [String]
    package let onFailure: RequirementFailure
    package let span: SourceSpan
}

/// Relational work for one SQL statement, as steps that each read the one before.
package struct Relation: Sendable {
    package var steps: [RelationStep]
    /// The other sides of joins and unions, by the name the steps use.
    package var sides: [String: PipelinePlan]
    package var output: Schema

    package init(steps: [RelationStep], sides: [String: PipelinePlan], output: Schema) {
        self.steps = steps
        self.sides = sides
        self.output = output
    }

    package var isRowWise: Bool { steps.allSatisfy(\.isRowWise) }
}

package enum RelationStep: Sendable {
    case select([NamedExpression])
    case filter([CheckedExpression])
    case order([SortTerm])
    case limit(count: Int, offset: Int)
    /// `order` names the time column that `first` and `last` go by.
    case summarize(groups: [NamedExpression], aggregates: [NamedExpression], order: String?)
    case join(side: String, on: [String], kind: JoinKind, left: [String], right: [String])
    case union(side: String, columns: [String])
    case describe([Field])

    package var isRowWise: Bool {
        switch self {
        case .select, .filter: true
        case .order, .limit, .summarize, .join, .union, .describe: false
        }
    }
}

/// A comparison of a column, or of a calendar part of it, with constants.
package struct PruningCondition: Sendable, Hashable {
    package enum Comparison: Sendable, Hashable { case less, lessOrEqual, equal, greaterOrEqual, greater, oneOf }

    package let column: String
    package let part: PartitionColumn.Part?
    package let comparison: Comparison
    /// One value, or the list of `oneOf`.
    package let values: [Value]
}

extension PlanStage {
    /// The same row-wise stage with one more column passed through.
    package func carrying(_ field: Field) -> PlanStage {
        switch self {
        case .relation(var relation):
            relation.steps = relation.steps.map { step in
                switch step {
                case .select(let columns): .select(columns + [field.passedOn])
                case .join(let side, let on, let kind, let left, let right):
                    .join(side: side, on: on, kind: kind, left: left + [field.name], right: right)
                default: step
                }
            }
            relation.output = Schema(relation.output.fields + [field])
            return .relation(relation)
        case .project(let projections): return .project(projections + [Projection(name: field.name, from: field.name)])
        case .sort, .latest, .series, .require: return self
        }
    }

    /// Whether each row after the stage comes from one row before it alone.
    package var isRowWise: Bool {
        switch self {
        case .relation(let relation): relation.isRowWise
        case .require, .project: true
        case .sort, .latest, .series: false
        }
    }
}
