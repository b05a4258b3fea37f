import Columnar

extension Verb {
    static let select: Verb = Verb(
        name: "select", form: "select(column, new = expression, …)",
        documentation: "Keeps these columns, in this order; a named one may be any expression of those before."
    ) { use in
        guard !use.call.arguments.isEmpty else { return use.failCount(.select) }
        guard let chosen = use.all(use.call.arguments, { NamedColumn(argument: $0, use, verb: "select") }) else { return nil }
        for (index, column) in chosen.enumerated() where chosen[..<index].contains(where: { $0.shape.name == column.shape.name }) {
            return use.fail(.columnTaken(column.shape.name), use.call.arguments[index].span)
        }
        var shape = use.shape
        shape.keep(chosen.compactMap(\.origin))
        shape.rename(newNames(chosen))
        shape.columns = chosen.map(\.shape)
        return (.select(chosen.map(\.named)), shape)
    }

    /// The first new name of each column passed on; its own where it keeps that too.
    private static func newNames(_ chosen: [NamedColumn]) -> [String: String] {
        var names: [String: String] = [:]
        for column in chosen {
            guard let origin = column.origin, names[origin] == nil || column.named.name == origin else { continue }
            names[origin] = column.named.name
        }
        return names
    }
}

/// A column of `select`, `derive` or `group`: its expression and what is known of it.
struct NamedColumn {
    let named: NamedExpression
    let shape: ColumnShape

    /// The column that is passed on as it is, under this or another name.
    var origin: String? { if case .column(let name, _) = named.expression { name } else { nil } }

    init(name: String, _ typed: TypedExpression) {
        named = NamedExpression(name: name, expression: typed.expression)
        shape = ColumnShape(name: name, type: typed.type, window: typed.window.ofColumn, lookAhead: typed.lookAhead?.reached(from: name))
    }

    /// `name = expression`, or just the name of a column.
    init?(argument: Argument, _ use: VerbCall, verb: String) {
        guard let typed = use.expressions.check(argument.value) else { return nil }
        if let label = argument.label {
            self.init(name: label.text, typed)
        } else if case .column(let name, _) = typed.expression {
            self.init(name: name, typed)
        } else {
            use.context.report(.unnamedExpression(verb: verb), at: argument.span)
            return nil
        }
    }
}
