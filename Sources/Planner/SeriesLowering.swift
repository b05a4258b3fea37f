import Columnar
import Language

/// Expressions as the steps that compute them: SQL for what concerns one row, series steps for functions of series, in turns.
///
/// `sma(high - low, 14) / close` becomes a select of `high - low`, a series step of `sma`, and an expression over its output.
extension PlanBuilder {
    /// Computes what series need, as hidden columns; what remains is one row's work.
    mutating func lower(_ named: [NamedExpression], key: Key?) -> (expressions: [CheckedExpression], added: [String]) {
        let before = Set(columns.map(\.name))
        var computed: [CheckedExpression: String] = [:]
        var remaining = named.map(\.expression)
        while remaining.contains(where: \.containsSeries) {
            let ready = remaining.reduce(into: [CheckedExpression]()) { $1.collectInnermostSeries(into: &$0) }
            compute(ready, key: key!, computed: &computed)
            remaining = remaining.map { expression in
                expression.replacing { part in computed[part].map { .column($0, part.type) } }
            }
        }
        return (remaining, columns.map(\.name).filter { !before.contains($0) })
    }

    /// One series step for calls whose inputs hold no other series, preceded by a select of inputs that aren't columns yet.
    private mutating func compute(_ calls: [CheckedExpression], key: Key, computed: inout [CheckedExpression: String]) {
        var inputs: [CheckedExpression: String] = [:]
        var selected: [NamedExpression] = []
        for input in calls.flatMap(\.children) where inputs[input] == nil {
            if case .column(let name, _) = input {
                inputs[input] = name
            } else {
                let name = freshName()
                inputs[input] = name
                selected.append(NamedExpression(name: name, expression: input))
            }
        }
        if !selected.isEmpty { append(select: columns.map(\.passedOn) + selected) }
        sort(by: key)
        var made: [SeriesCall] = []
        var fields: [Field] = []
        for call in calls {
            guard case .series(let function, let arguments, let parameters, let type, let window, let component) = call else { continue }
            let name = freshName()
            computed[call] = name
            made.append(
                SeriesCall(
                    output: name, function: function, inputs: arguments.map { inputs[$0]! }, parameters: parameters, window: window,
                    component: component))
            fields.append(Field(name, type))
        }
        let step = SeriesStep(entity: key.entity, calls: made, output: (columns + fields).map(\.name))
        append(series: step, time: key.time, adding: fields)
    }

    mutating func derive(_ derived: [NamedExpression], key: Key?) {
        for batch in independentBatches(derived) { deriveTogether(batch, key: key) }
    }

    mutating func select(_ chosen: [NamedExpression], key: Key?) {
        let lowered = lower(chosen, key: key)
        append(select: zip(chosen, lowered.expressions).map { NamedExpression(name: $0.name, expression: $1) })
    }

    mutating func filter(_ conditions: [CheckedExpression], key: Key?) {
        let lowered = lower(conditions.map { NamedExpression(name: "", expression: $0) }, key: key)
        let kept = columns.filter { !lowered.added.contains($0.name) }
        append(.filter(lowered.expressions))
        drop(lowered.added, keeping: kept)
    }

    /// Runs of columns that don't read each other; each run is computed at once.
    private func independentBatches(_ derived: [NamedExpression]) -> [[NamedExpression]] {
        var batches: [[NamedExpression]] = []
        var names: Set<String> = []
        for column in derived {
            if batches.isEmpty || !names.isDisjoint(with: column.expression.columns.union([column.name])) {
                batches.append([])
                names = []
            }
            batches[batches.count - 1].append(column)
            names.insert(column.name)
        }
        return batches
    }

    private mutating func deriveTogether(_ derived: [NamedExpression], key: Key?) {
        var fields = columns
        for column in derived {
            let field = Field(column.name, column.expression.type)
            if let index = fields.firstIndex(where: { $0.name == column.name }) { fields[index] = field } else { fields.append(field) }
        }
        let lowered = lower(derived, key: key)
        let expressions = Dictionary(uniqueKeysWithValues: zip(derived.map(\.name), lowered.expressions))
        append(select: fields.map { NamedExpression(name: $0.name, expression: expressions[$0.name] ?? .column($0.name, $0.type)) })
    }
}

extension CheckedExpression {
    /// Series calls whose inputs hold no further series, each once.
    fileprivate func collectInnermostSeries(into found: inout [CheckedExpression]) {
        if case .series(_, let inputs, _, _, _, _) = self, !inputs.contains(where: \.containsSeries) {
            if !found.contains(self) { found.append(self) }
            return
        }
        for child in children { child.collectInnermostSeries(into: &found) }
    }
}
