import Columnar
import Language
import Planner

/// A table's plan, taken apart for making some of its rows again: what brings rows in, and the series computed over them.
///
/// Invariants:
/// 1. `prefix` depends, for the rows of one key, on input rows of that key alone.
/// 2. `rest` depends, for one row, on `lookBack` rows before it and `lookAhead` after it, of its entity, among the prefix's rows.
struct IncrementalPlan {
    /// The source and the stages before the first series.
    let prefix: PipelinePlan
    let rest: [PlanStage]
    let scan: TableScan
    /// The table's key under the names of the input's columns, of the prefix's, and of the table's own.
    let inputKey: Key
    let prefixKey: Key
    let key: Key
    let lookBack: Int
    let lookAhead: Int
    /// How many of the source's rows before a row its values depend on at most; nil where that is not known beforehand.
    let sourceLookBack: Int?
    /// Whether the states of series behind an entity's last row are all that later rows need to know of it.
    let savesStates: Bool
    /// Whether a change reaches all later rows of its entity.
    let reachesLaterRows: Bool
    /// Whether a change anywhere in an entity may reach all its rows.
    let reachesWholeEntity: Bool

    var isSorted: Bool { prefix.stages.contains(where: \.sortsRows) || !rest.isEmpty }

    /// Fails with why the rows can only be made all together.
    init(_ plan: PipelinePlan) throws(Obstacle) {
        guard case .table(let scan) = plan.source else { throw Obstacle("files are ingested, not recomputed") }
        for stage in plan.stages { try Self.check(stage) }
        guard let key = plan.shape.key else { throw Obstacle("the table has no key") }
        guard let time = plan.shape[key.time], time.type == .date || time.type == .timestamp else {
            throw Obstacle("the key's \(key.time) is neither date nor timestamp")
        }
        let split = plan.stages.firstIndex { $0.isSeries } ?? plan.stages.count
        var names = ColumnOrigins(scan.columns)
        for stage in plan.stages[..<split] { names.pass(stage) }
        prefix = PipelinePlan(source: plan.source, stages: Array(plan.stages[..<split]), shape: plan.shape)
        rest = Array(plan.stages[split...])
        if rest.contains(where: { if case .require = $0 { true } else { false } }) {
            throw Obstacle("a rule is checked behind functions of series")
        }
        self.scan = scan
        self.key = key
        let atSplit = names
        for stage in rest { names.pass(stage) }
        guard let inputKey = names.origin(of: key), let prefixKey = atSplit.names(of: inputKey) else {
            throw Obstacle("the key \(key.columns.joined(separator: ", ")) is not passed on as the input table has it")
        }
        self.inputKey = inputKey
        self.prefixKey = prefixKey
        var reach = SeriesReach()
        var origins = ColumnOrigins(scan.columns)
        for stage in plan.stages {
            try Self.check(stage, goesBy: inputKey, origins)
            try reach.pass(stage)
            origins.pass(stage)
        }
        (lookBack, lookAhead) = (reach.lookBack, reach.lookAhead)
        let isUnbounded = reach.isUnbounded || Self.dropsRowsBetweenSeries(rest)
        sourceLookBack = isUnbounded || plan.stages.contains(where: \.changesRows) ? nil : lookBack
        savesStates = !rest.isEmpty && reach.looksBackOnly
        reachesLaterRows = isUnbounded && savesStates
        reachesWholeEntity = isUnbounded && !savesStates
    }

    /// Why a table is made as a whole.
    struct Obstacle: Error {
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }

    private static func check(_ stage: PlanStage) throws(Obstacle) {
        switch stage {
        case .relation(let relation):
            for step in relation.steps {
                switch step {
                case .select, .filter, .join: break
                case .order: throw Obstacle("sort(...) orders all rows")
                case .limit: throw Obstacle("take(...) counts all rows")
                case .summarize: throw Obstacle("summarize(...) reads all rows")
                case .describe: throw Obstacle("describe() reads all rows")
                case .union: throw Obstacle("union(...) mixes two tables")
                }
            }
        case .require(let step) where step.onFailure == .reject: throw Obstacle("rejected rows are collected anew")
        case .require, .sort, .latest, .series, .project: break
        }
    }

    private static func check(_ stage: PlanStage, goesBy inputKey: Key, _ origins: ColumnOrigins) throws(Obstacle) {
        switch stage {
        case .sort(let key), .latest(let key):
            guard origins.origin(of: key) == inputKey else { throw Obstacle("rows are ordered by another key than the table's") }
        case .series(let step, let time):
            guard origins.origin(of: Key(entity: step.entity, time: time)) == inputKey else {
                throw Obstacle("series run by another key than the table's")
            }
        case .relation, .project, .require: break
        }
    }

    /// Windows behind a filter count the rows that are left, of which nothing is known beforehand.
    private static func dropsRowsBetweenSeries(_ stages: [PlanStage]) -> Bool {
        guard let last = stages.lastIndex(where: { $0.isSeries }) else { return false }
        return stages[..<last].contains { $0.changesRows }
    }
}

/// How far a value reaches through the series of a plan, in rows of its entity.
private struct SeriesReach {
    private(set) var isUnbounded = false
    private var windows: [String: Window] = [:]
    private var widest = Window.row

    var lookBack: Int { if case .finite(let back, _) = widest { max(0, back) } else { 0 } }
    var lookAhead: Int { max(0, widest.lookAhead ?? 0) }
    var looksBackOnly: Bool { widest.lookAhead.map { $0 <= 0 } ?? false }

    mutating func pass(_ stage: PlanStage) throws(IncrementalPlan.Obstacle) {
        switch stage {
        case .series(let step, _):
            for call in step.calls {
                let inner = call.inputs.map(window).reduce(Window.row) { $0.union($1) }
                set(call.output, call.window.composed(over: inner))
            }
        case .relation(let relation):
            for step in relation.steps {
                guard case .select(let columns) = step else { continue }
                let earlier = self
                for column in columns {
                    let read = column.expression.columns.map(earlier.window)
                    set(column.name, read.reduce(Window.row) { $0.union($1) })
                }
            }
        case .project(let projections):
            let earlier = self
            for projection in projections { set(projection.name, earlier.window(projection.from)) }
        case .sort, .latest, .require: break
        }
    }

    private func window(_ name: String) -> Window { windows[name] ?? .row }

    private mutating func set(_ name: String, _ window: Window) {
        windows[name] = window
        widest = widest.union(window)
        if case .finite = widest { return }
        isUnbounded = true
    }
}

/// Which column of the source each column is, where it is passed on unchanged.
private struct ColumnOrigins {
    private var origins: [String: String]

    init(_ columns: [String]) { origins = Dictionary(columns.map { ($0, $0) }, uniquingKeysWith: { first, _ in first }) }

    func origin(of key: Key) -> Key? { key.mapped { origins[$0] } }

    func names(of key: Key) -> Key? {
        let names = Dictionary(origins.sorted { $0.key > $1.key }.map { ($0.value, $0.key) }, uniquingKeysWith: { _, last in last })
        return key.mapped { names[$0] }
    }

    mutating func pass(_ stage: PlanStage) {
        switch stage {
        case .relation(let relation): for step in relation.steps { pass(step) }
        case .project(let projections):
            let earlier = origins
            origins = [:]
            for projection in projections { origins[projection.name] = earlier[projection.from] }
        case .series(let step, _):
            let computed = Set(step.calls.map(\.output))
            origins = origins.filter { step.output.contains($0.key) && !computed.contains($0.key) }
        case .sort, .latest, .require: break
        }
    }

    private mutating func pass(_ step: RelationStep) {
        switch step {
        case .select(let columns):
            let earlier = origins
            origins = [:]
            for column in columns {
                if case .column(let from, _) = column.expression { origins[column.name] = earlier[from] }
            }
        case .join(_, _, _, let left, _): origins = origins.filter { left.contains($0.key) }
        case .filter, .order, .limit, .summarize, .union, .describe: break
        }
    }
}

extension PlanStage {
    var isSeries: Bool { if case .series = self { true } else { false } }

    var sortsRows: Bool { if case .sort = self { true } else { false } }

    /// Whether rows may leave, or more than one may come of one.
    fileprivate var changesRows: Bool {
        switch self {
        case .relation(let relation):
            relation.steps.contains { step in
                if case .select = step { false } else { true }
            }
        case .latest: true
        case .sort, .series, .project, .require: false
        }
    }
}
