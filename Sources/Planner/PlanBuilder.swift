import Columnar
import Language

/// A plan as it grows: finished stages, the relation still open, and the columns there are after it.
struct PlanBuilder {
    private(set) var columns: [Field]
    var key: Key?
    private let source: CheckedSource
    private var stages: [PlanStage] = []
    private var open = Relation(steps: [], sides: [:], output: Schema([]))
    /// The key by which rows are known to be sorted, whatever order the source has.
    private var sortedBy: Key?
    private var order = RowOrder.ofSource
    private var namesMade = 0

    private enum RowOrder {
        case ofSource
        /// As a `sort` of the notebook says.
        case asAsked
        /// As the engine happens to give them.
        case lost
    }

    init(source: CheckedSource) {
        self.source = source
        columns = source.shape.schema.fields
        key = source.shape.key
    }

    func type(of name: String) -> DataType { columns.first { $0.name == name }!.type }

    mutating func freshName() -> String {
        repeat { namesMade += 1 } while columns.contains { $0.name == "__\(namesMade)" }
        return "__\(namesMade)"
    }

    // MARK: Stages

    mutating func append(_ stage: PlanStage) {
        closeRelation()
        stages.append(stage)
        if case .series(let step, _) = stage { columns = step.output.map { name in columns.first { $0.name == name }! } }
    }

    mutating func append(series step: SeriesStep, time: String, adding fields: [Field]) {
        columns += fields
        append(.series(step, time: time))
    }

    mutating func append(_ step: RelationStep) { open.steps.append(step) }

    mutating func append(select named: [NamedExpression]) {
        open.steps.append(.select(named))
        sortedBy = sortedBy?.passedOn(through: named)
        columns = named.map { Field($0.name, $0.expression.type) }
    }

    /// Rows by key from here on.
    mutating func sort(by key: Key) {
        guard sortedBy != key else { return }
        append(.sort(key))
        sortedBy = key
        order = .ofSource
    }

    private mutating func closeRelation() {
        guard !open.steps.isEmpty else { return }
        open.output = Schema(columns)
        stages.append(.relation(open))
        open = Relation(steps: [], sides: [:], output: Schema([]))
    }

    // MARK: Verbs

    mutating func take(count: Int, offset: Int) {
        if order != .asAsked, let key { sort(by: key) }
        if order == .lost { orderByAllColumns() }
        append(.limit(count: count, offset: offset))
    }

    mutating func order(_ terms: [SortTerm], key: Key?) {
        let lowered = lower(terms.enumerated().map { NamedExpression(name: "__order_\($0)", expression: $1.expression) }, key: key)
        let kept = columns.filter { !lowered.added.contains($0.name) }
        let asked = zip(terms, lowered.expressions).map { SortTerm(expression: $1, descending: $0.descending) }
        append(.order(asked + tieBreakers(key, among: kept, behind: asked)))
        drop(lowered.added, keeping: kept)
        order = .asAsked
        sortedBy = nil
    }

    /// Rows that are equal in all that was asked for stand in the same order however they came: by key, or by all their columns.
    private func tieBreakers(_ key: Key?, among columns: [Field], behind asked: [SortTerm]) -> [SortTerm] {
        let names = key?.columns ?? columns.map(\.name)
        let terms = names.compactMap { name in
            columns.first { $0.name == name }.map { SortTerm(expression: .column(name, $0.type), descending: false) }
        }
        return terms.filter { term in !asked.contains { $0.expression == term.expression } }
    }

    mutating func require(_ rules: [Requirement], onFailure: RequirementFailure, at span: SourceSpan) {
        let lowered = lower(rules.enumerated().map { NamedExpression(name: "__rule_\($0)", expression: $1.condition) }, key: key)
        let kept = columns.filter { !lowered.added.contains($0.name) }
        let rule = freshName()
        var number = CheckedExpression.literal(.int(0), .int)
        for (index, condition) in lowered.expressions.enumerated().reversed() {
            number = .scalar(.if, [condition, number, .literal(.int(Int64(index + 1)), .int)], .int)
        }
        append(select: kept.map(\.passedOn) + [NamedExpression(name: rule, expression: number)])
        append(.require(RequireStep(ruleColumn: rule, rules: rules.map(\.text), onFailure: onFailure, span: span)))
        columns.removeAll { $0.name == rule }
    }

    mutating func summarize(groups: [NamedExpression], aggregates: [NamedExpression]) {
        let time = key?.time
        let arguments = aggregates.flatMap(\.expression.aggregateArguments)
        var replaced: [CheckedExpression: CheckedExpression] = [:]
        let needing = (arguments + groups.map(\.expression)).filter(\.containsSeries)
        let lowered = lower(needing.enumerated().map { NamedExpression(name: "__argument_\($0)", expression: $1) }, key: key)
        for (old, new) in zip(needing, lowered.expressions) { replaced[old] = new }
        let replace = { (named: NamedExpression) in
            NamedExpression(name: named.name, expression: named.expression.replacing { replaced[$0] })
        }
        let plainGroups = groups.map(replace)
        append(.summarize(groups: plainGroups, aggregates: aggregates.map(replace), order: time))
        columns = (groups + aggregates).map { Field($0.name, $0.expression.type) }
        if !groups.isEmpty {
            append(.order(groups.map { SortTerm(expression: .column($0.name, $0.expression.type), descending: false) }))
        }
        order = .asAsked
        sortedBy = nil
    }

    mutating func join(_ other: PipelinePlan, on: [String], kind: JoinKind) {
        let side = add(side: other)
        let right = other.shape.names.filter { !on.contains($0) }
        append(.join(side: side, on: on, kind: kind, left: columns.map(\.name), right: right))
        columns += right.map { Field($0, other.shape[$0]!.type) }
        loseOrder()
    }

    mutating func union(_ other: PipelinePlan) {
        let side = add(side: other)
        append(.union(side: side, columns: columns.map(\.name)))
        loseOrder()
    }

    mutating func describe(_ described: [Field]) {
        append(.describe(described))
        columns = DescriptionColumn.fields
        order = .asAsked
        sortedBy = nil
    }

    private mutating func add(side plan: PipelinePlan) -> String {
        let name = "side_\(open.sides.count + 1)"
        open.sides[name] = plan
        return name
    }

    private mutating func loseOrder() {
        order = .lost
        sortedBy = nil
    }

    /// Only `kept`, after hidden columns were used.
    mutating func drop(_ added: [String], keeping kept: [Field]) {
        guard !added.isEmpty else { return }
        append(select: kept.map(\.passedOn))
    }

    // MARK: The end

    /// Rows that come as the engine happens to give them get an order that is the same in every run; shown ones with a key that of it.
    mutating func restoreOrder(of shape: TableShape, showing: Bool) {
        guard order == .lost || order == .ofSource && showing && shape.key != nil else { return }
        if let key = shape.key {
            sort(by: key)
        } else {
            orderByAllColumns()
        }
    }

    private mutating func orderByAllColumns() {
        append(.order(columns.map { SortTerm(expression: .column($0.name, $0.type), descending: false) }))
        order = .asAsked
    }

    mutating func finish(shape: TableShape, columns names: [String]) -> PipelinePlan {
        if columns.map(\.name) != names {
            append(select: names.map { name in columns.first { $0.name == name }!.passedOn })
        }
        closeRelation()
        let planSource: PlanSource =
            switch source.kind {
            case .table(let name, let shape):
                .table(TableScan(table: name, columns: shape.names, schema: shape.schema, pruning: []))
            case .files(let files): .files(files, columns: files.schema.names)
            }
        var plan = PipelinePlan(source: planSource, stages: stages, shape: shape)
        plan.keepOnly(names)
        plan.turnPlainSelectsIntoProjections()
        plan.findPruningConditions()
        return plan
    }
}

extension Key {
    /// The key under the names a select gives it; nil when one of its columns goes no further as it is.
    fileprivate func passedOn(through named: [NamedExpression]) -> Key? {
        let names = columns.compactMap { column -> String? in
            let passed = named.filter { if case .column(column, _) = $0.expression { true } else { false } }.map(\.name)
            return passed.contains(column) ? column : passed.first
        }
        guard let time = names.last, names.count == columns.count else { return nil }
        return Key(entity: names.dropLast(), time: time)
    }
}

extension Field {
    /// The column as it is, under its own name.
    var passedOn: NamedExpression { NamedExpression(name: name, expression: .column(name, type)) }
}

extension CheckedExpression {
    fileprivate var aggregateArguments: [CheckedExpression] {
        if case .aggregate(_, let argument?, _) = self { return [argument] }
        return children.flatMap(\.aggregateArguments)
    }

    /// The expression with subexpressions replaced where `replacement` gives another.
    func replacing(_ replacement: (CheckedExpression) -> CheckedExpression?) -> CheckedExpression {
        if let other = replacement(self) { return other }
        switch self {
        case .literal, .column: return self
        case .scalar(let function, let arguments, let type): return .scalar(function, arguments.map { $0.replacing(replacement) }, type)
        case .series(let function, let inputs, let parameters, let type, let window, let component):
            return .series(
                function: function, inputs: inputs.map { $0.replacing(replacement) }, parameters: parameters, type: type, window: window,
                component: component)
        case .aggregate(let function, let argument, let type): return .aggregate(function, argument?.replacing(replacement), type)
        }
    }
}
