import Columnar

extension Verb {
    static let group: Verb = Verb(
        name: "group", form: "group(column, year(date), …)", documentation: "Forms groups for the summarize that follows."
    ) { use in
        use.call.arguments.isEmpty ? use.failCount(.group) : nil
    }

    static let summarize: Verb = Verb(
        name: "summarize", form: "summarize(name = avg(column), …)",
        documentation: "One row per group (or one in all) of count, sum, avg, min, max, stddev, median, first, last, count_distinct."
    ) { use in
        guard !use.call.arguments.isEmpty else { return use.failCount(.summarize) }
        var aggregates = use.expressions
        aggregates.allowsAggregates = true
        let checked = use.all(use.call.arguments) { argument -> NamedColumn? in
            guard let label = argument.label else { return use.fail(.unnamedExpression(verb: "summarize"), argument.span) }
            guard let typed = aggregates.check(argument.value) else { return nil }
            guard typed.expression.isMadeOfAggregates else { return use.fail(.notAnAggregate, argument.value.span) }
            return NamedColumn(name: label.text, typed)
        }
        guard let checked else { return nil }
        let groups = use.groups ?? []
        for (index, column) in checked.enumerated()
        where groups.contains(where: { $0.shape.name == column.shape.name })
            || checked[..<index].contains(where: { $0.shape.name == column.shape.name })
        {
            return use.fail(.columnTaken(column.shape.name), use.call.arguments[index].span)
        }
        return (.summarize(groups: groups.map(\.named), aggregates: checked.map(\.named)), shape(groups, checked, use))
    }

    /// A group of rows of several times knows the future of its earlier rows, unless the time itself is a group.
    private static func shape(_ groups: [NamedColumn], _ aggregates: [NamedColumn], _ use: VerbCall) -> TableShape {
        let key = use.shape.key
        let time = key.flatMap { key in groups.first { $0.named.expression == .column(key.time, $0.shape.type) } }
        var columns = groups.map(\.shape)
        let grouping = LookAhead.farthest(groups.map(\.shape.lookAhead))
        for (aggregate, argument) in zip(aggregates, use.call.arguments) {
            let cause = "\(use.context.source(argument.value.span)) in summarize"
            let known = LookAhead.farthest([aggregate.shape.lookAhead, grouping?.reached(from: aggregate.shape.name)])
            let lookAhead = time == nil ? LookAhead(rows: nil, path: [aggregate.shape.name, cause]) : known
            columns.append(ColumnShape(name: aggregate.shape.name, type: aggregate.shape.type, window: .wholeHistory, lookAhead: lookAhead))
        }
        var shape = TableShape(columns: columns, selection: use.shape.selection)
        if let time, groups.allSatisfy({ $0.origin != nil }) {
            shape.key = Key(entity: groups.map(\.shape.name).filter { $0 != time.shape.name }, time: time.shape.name)
        }
        shape.forgetDistances()
        return shape
    }
}

extension CheckedExpression {
    /// Functions of a group, constants, and what is calculated from them.
    fileprivate var isMadeOfAggregates: Bool {
        switch self {
        case .aggregate, .literal: true
        case .column, .series: false
        case .scalar(_, let arguments, _): arguments.allSatisfy(\.isMadeOfAggregates)
        }
    }
}
