import Columnar
import Language

extension PipelinePlan {
    /// Leaves out, from the end to the scan, every column and every calculation that `names` don't need.
    package mutating func keepOnly(_ names: [String]) {
        var needed = Set(names)
        for index in stages.indices.reversed() {
            switch stages[index] {
            case .relation(var relation):
                needed = relation.keepOnly(needed)
                stages[index] = .relation(relation)
            case .sort(let key), .latest(let key): needed.formUnion(key.columns)
            case .series(let step, let time):
                let kept = step.keepOnly(needed)
                stages[index] = .series(kept, time: time)
                needed = kept.inputColumns.union([time])
            case .project(let projections):
                let kept = projections.keepingOne { needed.contains($0.name) }
                stages[index] = .project(kept)
                needed = Set(kept.map(\.from))
            case .require(let step):
                // Of the columns without the rule's, at least one must be left.
                if needed.isEmpty, index > 0, case .relation(let relation) = stages[index - 1] {
                    needed.formUnion(relation.output.names.filter { $0 != step.ruleColumn }.prefix(1))
                }
                needed.insert(step.ruleColumn)
            }
        }
        switch source {
        case .table(var scan):
            scan.columns = scan.columns.filter(needed.contains)
            if scan.columns.isEmpty, let first = scan.schema.fields.first { scan.columns = [first.name] }
            source = .table(scan)
        case .files(let files, let columns):
            let kept = columns.filter(needed.contains)
            source = .files(files, columns: kept.isEmpty ? Array(columns.prefix(1)) : kept)
        }
    }
}

extension Array {
    /// The elements that fit, or else the first: rows need at least one column.
    fileprivate func keepingOne(_ isKept: (Element) -> Bool) -> [Element] {
        let kept = filter(isKept)
        return kept.isEmpty ? Array(prefix(1)) : kept
    }
}

extension SeriesStep {
    fileprivate func keepOnly(_ needed: Set<String>) -> SeriesStep {
        var wanted = needed
        if wanted.isEmpty { wanted.formUnion(output.prefix(1)) }
        var kept: [SeriesCall] = []
        for call in calls.reversed() where wanted.contains(call.output) {
            kept.append(call)
            wanted.formUnion(call.inputs)
        }
        return SeriesStep(entity: entity, calls: kept.reversed(), output: output.keepingOne(needed.contains))
    }

    fileprivate var inputColumns: Set<String> {
        let made = Set(calls.map(\.output))
        return Set(output).union(calls.flatMap(\.inputs)).subtracting(made).union(entity)
    }
}

extension Relation {
    /// Keeps what `needed` columns of the output need, and returns the input columns read.
    fileprivate mutating func keepOnly(_ needed: Set<String>) -> Set<String> {
        output = Schema(output.fields.filter { needed.contains($0.name) })
        var needed = needed
        for index in steps.indices.reversed() {
            switch steps[index] {
            case .select(let columns):
                let kept = columns.keepingOne { needed.contains($0.name) }
                steps[index] = .select(kept)
                needed = kept.reduce(into: []) { $0.formUnion($1.expression.columns) }
            case .filter(let conditions): needed = conditions.reduce(into: needed) { $0.formUnion($1.columns) }
            case .order(let terms): needed = terms.reduce(into: needed) { $0.formUnion($1.expression.columns) }
            case .limit: break
            case .summarize(let groups, let aggregates, let order):
                let kept = aggregates.filter { needed.contains($0.name) }
                steps[index] = .summarize(groups: groups, aggregates: kept, order: order)
                needed = (groups + kept).reduce(into: []) { $0.formUnion($1.expression.columns) }
                if kept.contains(where: \.expression.readsTime), let order { needed.insert(order) }
            case .join(let side, let on, let kind, let left, let right):
                let keptRight = right.filter(needed.contains)
                sides[side]!.keepOnly(on + keptRight)
                steps[index] = .join(
                    side: side, on: on, kind: kind, left: left.filter { needed.contains($0) || on.contains($0) }, right: keptRight)
                needed = needed.subtracting(right).union(on)
            case .describe(let columns): needed = Set(columns.map(\.name))
            case .union(let side, let columns):
                let kept = columns.keepingOne(needed.contains)
                sides[side]!.keepOnly(kept)
                steps[index] = .union(side: side, columns: kept)
                needed.formUnion(kept)
            }
        }
        return needed
    }
}

extension CheckedExpression {
    fileprivate var readsTime: Bool {
        if case .aggregate(let function, _, _) = self, function == .first || function == .last { return true }
        return children.contains(where: \.readsTime)
    }
}
