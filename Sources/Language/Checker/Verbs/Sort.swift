import Columnar

extension Verb {
    static let sort: Verb = Verb(
        name: "sort", form: "sort(column, desc(column), …)", documentation: "Orders the rows; nulls come last."
    ) { use in
        guard !use.call.arguments.isEmpty else { return use.failCount(.sort) }
        let term = { (expression: Expression, descending: Bool) -> SortTerm? in
            guard let typed = use.expressions.check(expression) else { return nil }
            guard !typed.expression.columns.isEmpty else { return use.fail(.notAColumn(verb: "sort"), expression.span) }
            return SortTerm(expression: typed.expression, descending: descending)
        }
        let terms = use.all(use.call.arguments) { argument -> SortTerm? in
            if let label = argument.label {
                return use.fail(.namedArgument(call: "sort", name: label.text, form: Verb.sort.form), label.span)
            }
            if case .call(let call) = argument.value.kind, call.name.text == "desc", call.arguments.count == 1 {
                return term(call.arguments[0].value, true)
            }
            return term(argument.value, false)
        }
        return terms.map { (.sort($0), use.shape) }
    }
}
