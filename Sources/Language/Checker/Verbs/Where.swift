import Columnar

extension Verb {
    static let `where`: Verb = Verb(
        name: "where", form: "where(condition, …)", documentation: "Keeps the rows for which every condition is true; null is not true."
    ) { use in
        guard !use.call.arguments.isEmpty else { return use.failCount(.where) }
        if let named = use.call.arguments.first(where: { $0.label != nil }) { return use.failAssignment(named, of: .where) }
        guard let conditions = use.conditions(of: .where) else { return nil }
        var shape = use.shape
        if let lookAhead = LookAhead.farthest(conditions.map(\.lookAhead)) { shape.taint(lookAhead.reached(from: "where")) }
        return (.filter(conditions.map(\.expression)), shape)
    }
}

extension VerbCall {
    /// `symbol = "AAPL"` among conditions meant `==`.
    func failAssignment<Result>(_ argument: Argument, of verb: Verb) -> Result? {
        let name = argument.label.map(\.code) ?? ""
        return fail(
            .assignmentAsCondition(verb: verb.name, correction: "\(name) == \(context.source(argument.value.span))"), argument.span)
    }

    /// The unnamed arguments as bools; nil when one is none.
    func conditions(of verb: Verb) -> [TypedExpression]? {
        all(call.arguments.filter { $0.label == nil }) { argument -> TypedExpression? in
            guard let typed = expressions.check(argument.value) else { return nil }
            guard typed.type == .bool else { return fail(.conditionType(verb: verb.name, found: typed.type), argument.span) }
            return typed
        }
    }
}
