import Columnar
import DeltaTable
import Engine
import Language
import Planner

/// The plans by which a model's features come from its feature table, and that table's rows from the table before, at the versions that
/// the tables have now; and what was read of them.
final class ServedPlan: Sendable {
    /// A table as a plan reads it.
    struct Input: Sendable {
        let table: String
        let snapshot: Snapshot
        /// Under the table's own names.
        let key: Key
        let plan: PipelinePlan
        /// Those that the plan reads.
        let columns: [String]
        /// How many rows before one its values depend on; nil for all.
        let lookBack: Int?
        let histories = EntityHistories()
    }

    let features: Input
    /// The table whose rows the feature table is made from.
    let bars: Result<Input, any Error>
    let answers = ServedAnswers()
    private let model: CheckedModel
    private let context: RunContext
    /// All tables that take part.
    private let snapshots: [String: Snapshot]
    /// Files that are joined have no version by which a change would show.
    private let joinsFiles: Bool

    init(_ identity: LiveFeatures.ModelIdentity, _ notebook: CheckedNotebook, _ context: RunContext) throws {
        let models = notebook.statements.compactMap { statement -> CheckedModel? in
            if case .model(identity.name, let model) = statement.kind { model } else { nil }
        }
        guard let model = models.last else {
            throw LiveFault.unavailable("the notebook has no model \(identity.name); serve it with the notebook that has")
        }
        guard try Self.makesFeatures(of: identity, model, context) else {
            throw LiveFault.unavailable(
                "\(identity.name) v\(identity.version) was fitted to other features than the notebook's; run the notebook and serve the version"
                    + " it makes, or start the server with the notebook that this version came from")
        }
        (self.model, self.context) = (model, context)
        var snapshots = try InputTables.pinned(model.pipeline.tables, context)
        let features = try Self.input(of: PipelinePlanner.plan(model.pipeline), snapshots)
        var joinsFiles = !model.pipeline.files.isEmpty
        bars = Result {
            let pipeline = try Self.pipeline(of: features, notebook, context)
            joinsFiles = joinsFiles || !pipeline.files.isEmpty
            snapshots.merge(try InputTables.pinned(pipeline.tables, context)) { first, _ in first }
            return try Self.input(of: PipelinePlanner.plan(pipeline), snapshots)
        }
        self.features = features
        self.snapshots = snapshots
        self.joinsFiles = joinsFiles
    }

    /// Whether no table has changed since.
    func isCurrent() throws -> Bool {
        guard !joinsFiles else { return false }
        return try snapshots.allSatisfy { name, snapshot in
            guard let newest = try context.snapshots.newest(name) else { return false }
            return newest.version == snapshot.version && newest.metadata.id == snapshot.metadata.id
        }
    }

    /// Whether the notebook computes what the version was fitted to; target and fit may be others.
    private static func makesFeatures(
        of identity: LiveFeatures.ModelIdentity, _ model: CheckedModel, _ context: RunContext
    ) throws -> Bool {
        let inputs = try InputTables.pinned(model.pipeline.tables, context)
        guard let hash = identity.featuresHash else {
            return try DefinitionHash.of(model, reading: inputs, in: context.workspace) == identity.definitionHash
        }
        return try DefinitionHash.ofFeatures(of: model, reading: inputs, in: context.workspace) == hash
    }

    /// What makes the feature table.
    private static func pipeline(of features: Input, _ notebook: CheckedNotebook, _ context: RunContext) throws -> CheckedPipeline {
        let pipelines = notebook.statements.compactMap { statement -> CheckedPipeline? in
            if case .table(features.table, let pipeline) = statement.kind { pipeline } else { nil }
        }
        guard let pipeline = pipelines.last else { throw LiveFault.unavailable("the notebook does not make \(features.table)") }
        let inputs = try InputTables.pinned(pipeline.tables, context)
        let hash = try DefinitionHash.of(pipeline, reading: inputs, in: context.workspace)
        guard features.snapshot.lastCommit.record?.definitionHash == hash else {
            throw LiveFault.unavailable(
                "\(features.table) was made by another definition than the notebook's; run the notebook, and start the server again if the"
                    + " notebook has changed since")
        }
        return pipeline
    }

    private static func input(of plan: PipelinePlan, _ snapshots: [String: Snapshot]) throws -> Input {
        do {
            let incremental = try IncrementalPlan(plan)
            guard incremental.inputKey.entity.count == 1 else { throw LiveFault.unavailable("rows of one entity have more than one name") }
            let table = incremental.scan.table
            guard let snapshot = snapshots[table] else { throw RunFault.missingInput(table: table) }
            return Input(
                table: table, snapshot: snapshot, key: incremental.inputKey, plan: plan, columns: incremental.scan.columns,
                lookBack: incremental.sourceLookBack)
        } catch let obstacle as IncrementalPlan.Obstacle {
            throw LiveFault.unavailable("rows of one entity cannot be computed alone: \(obstacle.reason)")
        }
    }

    // MARK: Rows

    func time(_ text: String) throws -> Int64 {
        let isDate = model.pipeline.shape[model.key.time]?.type == .date
        let value =
            isDate ? CalendarDate(iso: text).map { Int64($0.days) } : CalendarTime(iso: text)?.microseconds
        guard let value else { 
            throw LiveFault.invalid("Input should be a \(model.key.time) such as 2013-03-01\(isDate ? "" : "T09:30:00")", row: nil)
         }
        return value
    }

    /// The rows of an entity up to a time; the last `count` of them, and those at the same time as the first of these, or all.
    func storedRows(of entity: String, in input: Input, upTo last: Int64, count: Int? = nil) throws -> [RecordBatch] {
        let history = try input.histories.history(of: entity) { try read(entity, input) }
        let first = count.map { history.time(ofLast: max($0, 1), upTo: last) } ?? .min
        var ranges = EntityRanges()
        ranges.add(first...max(first, last), of: [try Self.value(of: entity, in: input)])
        let stored = InMemoryStream(schema: input.snapshot.schema, batches: history.batches)
        return try RangeFilterStream(input: stored, key: input.key, ranges: ranges, side: .inside).collect()
    }

    private func read(_ entity: String, _ input: Input) throws -> EntityHistory {
        var ranges = EntityRanges()
        ranges.add(Int64.min...Int64.max, of: [try Self.value(of: entity, in: input)])
        let files = input.snapshot.files.filter { $0.mayOverlap(ranges, key: input.key) }
        let stored = try StoredRows(context: context, name: input.table, snapshot: input.snapshot).stream(of: files)
        let rows = try RangeFilterStream(input: stored, key: input.key, ranges: ranges, side: .inside).collect()
        return EntityHistory(batches: rows, time: input.key.time)
    }

    /// The rows that a plan makes of rows of its source.
    func run(_ plan: PipelinePlan, on batches: [RecordBatch], schema: Schema) throws -> [RecordBatch] {
        guard case .table(let scan) = plan.source else { return [] }
        let executor = PlanExecutor(provider: context.provider, workspace: context.workspace, snapshots: snapshots)
        let source = ProjectedStream(
            input: InMemoryStream(schema: schema, batches: batches), projections: scan.columns.map { Projection(name: $0, from: $0) })
        return try executor.stream(plan.stages[...], from: source).stream.collect()
    }

    /// The model's features at rows of its feature table.
    func rows(from batches: [RecordBatch]) throws -> [LiveFeatures.Row] {
        let made = try run(features.plan, on: batches, schema: batches.first?.schema ?? features.snapshot.schema)
        guard let schema = made.first?.schema else { return [] }
        let time = schema.index(of: model.key.time)!
        let columns = model.features.map { schema.index(of: $0.name)! }
        var rows: [LiveFeatures.Row] = []
        for batch in made {
            for row in 0..<batch.count {
                let values = columns.map { batch.columns[$0][row].featureNumber }
                rows.append(LiveFeatures.Row(time: batch.columns[time][row], features: values))
            }
        }
        return rows
    }

    /// Bars as rows of their table; columns that no plan reads are null.
    func barBatch(_ bars: [[Value]], _ fields: [Field], entity: String, _ input: Input) throws -> RecordBatch {
        let entityValue = try Self.value(of: entity, in: input)
        let columns = input.snapshot.schema.fields.map { field in
            var builder = ColumnBuilder(type: field.type)
            let index = fields.firstIndex { $0.name == field.name }
            for bar in bars { builder.append(field.name == input.key.entity[0] ? entityValue : index.map { bar[$0] } ?? .null) }
            return builder.finish()
        }
        return RecordBatch(schema: input.snapshot.schema, columns: columns, count: bars.count)
    }

    private static func value(of entity: String, in input: Input) throws -> Value {
        switch input.snapshot.schema.type(of: input.key.entity[0]) {
        case .string: return .string(entity)
        case .int:
            if let number = Int64(entity) { return .int(number) }
            fallthrough
        default: throw LiveFault.unknown("'\(entity)' is no \(input.key.entity[0]) of \(input.table)")
        }
    }
}

extension Value {
    /// Not a number where the value is null.
    fileprivate var featureNumber: Double {
        switch self {
        case .int(let number): Double(number)
        case .double(let number): number
        case .bool(let flag): flag ? 1 : 0
        case .null, .string, .date, .timestamp: .nan
        }
    }
}
