import Columnar

extension Verb {
    static let derive: Verb = Verb(
        name: "derive", form: "derive(name = expression, …)",
        documentation: "Adds columns, or replaces those of the same name; later ones see earlier ones."
    ) { use in
        guard !use.call.arguments.isEmpty else { return use.failCount(.derive) }
        var shape = use.shape
        var derived: [NamedExpression] = []
        for argument in use.call.arguments {
            guard let label = argument.label else {
                use.context.report(.unnamedExpression(verb: "derive"), at: argument.span)
                continue
            }
            guard let typed = ExpressionChecker(context: use.context, shape: shape).check(argument.value) else {
                // Later columns may use this one; a stand-in keeps one mistake from becoming many.
                return checkRest(after: argument, use, shape, missing: label.text)
            }
            let column = NamedColumn(name: label.text, typed)
            derived.append(column.named)
            shape.put(column.shape)
        }
        guard derived.count == use.call.arguments.count else { return nil }
        // Whether other values still tell rows apart, only the notebook can say.
        if let key = shape.key, derived.contains(where: { key.columns.contains($0.name) }) { shape.key = nil }
        return (.derive(derived), shape)
    }

    private static func checkRest(
        after failed: Argument, _ use: VerbCall, _ shape: TableShape, missing: String
    ) -> (CheckedStep.Kind, TableShape)? {
        var shape = shape
        var unknown: Set<String> = [missing]
        for argument in use.call.arguments where argument.span.start > failed.span.start {
            guard let label = argument.label else { continue }
            guard unknown.isDisjoint(with: argument.value.names) else {
                unknown.insert(label.text)
                continue
            }
            if let typed = ExpressionChecker(context: use.context, shape: shape).check(argument.value) {
                shape.put(NamedColumn(name: label.text, typed).shape)
            } else {
                unknown.insert(label.text)
            }
        }
        return nil
    }
}

extension TableShape {
    /// Adds a column, or replaces the one of its name in its place.
    mutating func put(_ column: ColumnShape) {
        if let index = columns.firstIndex(where: { $0.name == column.name }) {
            columns[index] = column
        } else {
            columns.append(column)
        }
    }
}
