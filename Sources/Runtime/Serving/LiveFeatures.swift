package import Columnar
import DeltaTable
import Engine
package import Language
import Planner
import Synchronization

/// Features of one entity for a model's prediction, computed by the very plans that make tables and samples.
package struct LiveFeatures: Sendable {
    package struct Row: Sendable {
        package let time: Value
        /// In the order of the model's features, true and false as 1 and 0.
        package let features: [Double]
    }

    /// Which fitted model is asked for, and what it was defined by.
    package struct ModelIdentity: Sendable, Hashable {
        let name: String
        let version: Int
        let definitionHash: String
        /// nil where only the whole definition's hash is known.
        let featuresHash: String?

        package init(name: String, version: Int, definitionHash: String, featuresHash: String? = nil) {
            self.name = name
            self.version = version
            self.definitionHash = definitionHash
            self.featuresHash = featuresHash
        }
    }

    private let context: RunContext
    private let notebook: CheckedNotebook
    private let plans = ServedPlans()

    package init(context: RunContext, notebook: CheckedNotebook) {
        self.context = context
        self.notebook = notebook
    }

    /// The features at the last stored row of `entity` that is not after `time`, or at its last one.
    package func row(of entity: String, notAfter time: String?, of model: ModelIdentity) throws -> Row {
        let plan = try plan(of: model)
        let bound = try time.map { try plan.time($0) } ?? .max
        return try plan.answers.row(ServedAnswers.Question(entity: entity, bound: bound)) {
            let count = plan.features.lookBack.map { $0 + 1 }
            let stored = try plan.storedRows(of: entity, in: plan.features, upTo: bound, count: count)
            guard stored.contains(where: { $0.count > 0 }) else {
                throw LiveFault.unknown("\(plan.features.table) has no row of '\(entity)'" + (time.map { " up to \($0)" } ?? ""))
            }
            let rows = try plan.rows(from: stored)
            guard let row = rows.last else { throw LiveFault.unusable("no row of '\(entity)' passes the model's conditions") }
            return row
        }
    }

    /// The features at new rows of the table that the feature table is made from, as they would be if that table had these rows in
    /// place of all it has of the entity from the first of them on.
    package func rows(
        of entity: String, of model: ModelIdentity, afterBars read: ([Field]) throws -> [[Value]]
    ) throws -> [Row] {
        let plan = try plan(of: model)
        let table = try plan.bars.get()
        let fields = table.barFields
        let bars = try read(fields)
        let first = try firstTime(of: bars, at: fields.firstIndex { $0.name == table.key.time }!)
        let count = table.lookBack.flatMap { back in plan.features.lookBack.map { back + $0 } }
        let history = try plan.storedRows(of: entity, in: table, upTo: first - 1, count: count)
        guard history.contains(where: { $0.count > 0 }) else {
            throw LiveFault.unknown("\(table.table) has no row of '\(entity)' before the first bar")
        }
        let made = try plan.barBatch(bars, fields, entity: entity, table)
        let features = try plan.run(table.plan, on: history + [made], schema: table.snapshot.schema)
        let rows = try plan.rows(from: features).filter { ($0.time.timeNumber ?? .min) >= first }
        guard rows.count == bars.count else { throw LiveFault.unusable("a bar does not pass the conditions of the feature table") }
        return rows
    }

    private func firstTime(of bars: [[Value]], at index: Int) throws -> Int64 {
        let times = bars.compactMap { $0[index].timeNumber }
        guard let first = times.first, times.count == bars.count, zip(times, times.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw LiveFault.unusable("bars follow each other in time, each later than the one before")
        }
        return first
    }

    private func plan(of model: ModelIdentity) throws -> ServedPlan {
        try plans.plan(of: model) { try ServedPlan(model, notebook, context) }
    }

    /// The columns of a bar: those that the feature table reads, without the entity.
    package func barFields(of model: ModelIdentity) throws -> [Field] { try plan(of: model).bars.get().barFields }
}

extension ServedPlan.Input {
    fileprivate var barFields: [Field] {
        columns.filter { $0 != key.entity[0] }.map { name in Field(name, snapshot.schema.type(of: name)!) }
    }
}

/// The plans of the models asked for, each until a table that it reads changes.
private final class ServedPlans: Sendable {
    /// A server that runs for long sees many versions of its models.
    private static let greatestCount = 16
    private let plans = Mutex<[LiveFeatures.ModelIdentity: ServedPlan]>([:])

    func plan(of model: LiveFeatures.ModelIdentity, make: () throws -> ServedPlan) throws -> ServedPlan {
        if let known = plans.withLock({ $0[model] }), try known.isCurrent() { return known }
        let plan = try make()
        plans.withLock { plans in
            if plans.count >= Self.greatestCount { plans = [:] }
            plans[model] = plan
        }
        return plan
    }
}

/// Why there are no features.
package enum LiveFault: Error {
    /// No such entity, or no row of it.
    case unknown(String)
    /// Rows from which no features come.
    case unusable(String)
    /// A value that cannot be meant, of which of the bars if of any.
    case invalid(String, row: Int?)
    /// The workspace cannot answer until something is mended.
    case unavailable(String)
}
