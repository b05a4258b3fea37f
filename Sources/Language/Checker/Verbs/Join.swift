import Columnar

extension Verb {
    static let join: Verb = Verb(
        name: "join", form: "join(other, on = [symbol, date], kind = inner)",
        documentation: "Adds the columns of rows with equal `on` columns; kind = left keeps rows without a partner."
    ) { use in
        guard let bound = use.binder(.join).bind(positional: ["other", "on", "kind"], required: ["other", "on"]),
            let other = use.checker.pipeline(bound["other"]!.value), let kind = kind(bound["kind"], use),
            let on = names(bound["on"]!.value, use, other.shape)
        else { return nil }
        let added = other.shape.columns.filter { !on.contains($0.name) }
        let collisions = added.map(\.name).filter { use.shape[$0] != nil }
        guard collisions.isEmpty else { return use.fail(.joinCollision(collisions)) }
        var shape = use.shape
        shape.columns += added
        let partners = on.flatMap { [use.shape[$0]?.lookAhead, other.shape[$0]?.lookAhead] }
        if let lookAhead = LookAhead.farthest([other.shape.selection] + partners) { shape.taint(lookAhead.reached(from: "join")) }
        shape.forgetDistances()
        // Several partners would repeat a row; the key holds only where the other side has one row per `on`.
        if let key = other.shape.key, !Set(key.columns).isSubset(of: on) { shape.key = nil }
        if other.shape.key == nil { shape.key = use.shape.key }
        return (.join(other, on: on, kind: kind), shape)
    }

    private static func kind(_ argument: Argument?, _ use: VerbCall) -> JoinKind? {
        guard let argument else { return .inner }
        if case .name(let name) = argument.value.kind, let kind = JoinKind(rawValue: name.text) { return kind }
        return use.fail(
            .argumentValue(call: "join", argument: "kind", expected: "inner or left", found: use.context.source(argument.value.span)),
            argument.span)
    }

    private static func names(_ expression: Expression, _ use: VerbCall, _ other: TableShape) -> [String]? {
        let items: [Expression] = if case .list(let items) = expression.kind { items } else { [expression] }
        guard !items.isEmpty else { return use.fail(.emptyList(of: "on", form: "on = [symbol, date]"), expression.span) }
        return use.all(items) { item in
            guard case .name(let name) = item.kind else { return use.fail(.notAColumn(verb: "on"), item.span) }
            guard let left = use.column(name) else { return nil }
            guard let right = other[name.text] else {
                return use.fail(.unknownName(.column, name.text, candidates: other.names), name.span)
            }
            guard left.type == right.type else {
                return use.fail(.joinTypes(column: name.text, left: left.type, right: right.type), name.span)
            }
            return name.text
        }
    }
}
