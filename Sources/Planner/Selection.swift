import Columnar
package import Language

/// A relation that gives one row for each: columns passed on, some renamed, and columns computed from the input's.
package struct Selection: Sendable {
    /// The input's name of each output column that is passed on.
    package let passedOn: [String: String]
    package let computed: [NamedExpression]

    /// The input columns that are computed from; never none, since rows must be counted.
    package var needed: [String] { computed.reduce(into: Set<String>()) { $0.formUnion($1.expression.columns) }.sorted() }
}

extension Relation {
    /// The relation as a selection; nil when it drops, orders or joins rows, or computes nothing from columns.
    package var selection: Selection? {
        var definitions: [String: CheckedExpression]?
        for step in steps {
            guard case .select(let columns) = step else { return nil }
            let earlier = definitions
            definitions = Dictionary(
                columns.map { ($0.name, $0.expression.replacingColumns { name in earlier?[name] }) }, uniquingKeysWith: { _, last in last })
        }
        guard let definitions else { return nil }
        var passedOn: [String: String] = [:]
        var computed: [NamedExpression] = []
        for field in output.fields {
            let expression = definitions[field.name]!
            if case .column(let name, field.type) = expression {
                passedOn[field.name] = name
            } else {
                computed.append(NamedExpression(name: field.name, expression: expression))
            }
        }
        let selection = Selection(passedOn: passedOn, computed: computed)
        return selection.needed.isEmpty || steps.count > 8 ? nil : selection
    }
}
