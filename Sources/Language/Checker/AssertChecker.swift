import Columnar

/// Checks `assert(table, condition, …)`.
struct AssertChecker {
    static let form = "assert(table, condition, …)"
    /// Conditions that are no expressions of a row, by name.
    static let forms = ["unique": "unique(symbol, date)", "not_null": "not_null(close)", rows: "rows >= 1000"]
    /// The table's number of rows, unless it has a column of this name.
    static let rows = "rows"

    let context: CheckContext
    let scope: NotebookScope

    func check(_ call: Call) -> CheckedAssert? {
        guard let first = call.arguments.first, call.arguments.count > 1 else {
            return fail(.argumentCount(call: "assert", form: Self.form, found: call.arguments.count), call.span)
        }
        guard let (name, shape) = table(first) else { return nil }
        let given = call.arguments.dropFirst()
        let conditions = given.compactMap { condition($0, shape) }
        return conditions.count == given.count ? CheckedAssert(table: name, shape: shape, conditions: conditions) : nil
    }

    private func table(_ argument: Argument) -> (String, TableShape)? {
        guard argument.label == nil, case .name(let name) = argument.value.kind else { return fail(.assertWithoutTable, argument.span) }
        let made = scope.tableNames.filter { !$0.hasSuffix(TableName.rejectsSuffix) }
        // A let is no table, whatever cell it stands in.
        if scope.hasBinding(name.text) { return fail(.assertOnForeignTable(name.text, candidates: made), name.span) }
        switch scope.table(name.text) {
        case .known(let shape) where made.contains(name.text): return (name.text, shape.asSource)
        case .broken: return nil
        case .later(let cell): return fail(.usedBeforeDefinition(.table, name.text, cell: cell), name.span)
        case .known, .unknown: return fail(.assertOnForeignTable(name.text, candidates: made), name.span)
        }
    }

    private func condition(_ argument: Argument, _ shape: TableShape) -> AssertCondition? {
        if let label = argument.label {
            let correction = "\(label.code) == \(context.source(argument.value.span))"
            return fail(.assignmentAsCondition(verb: "assert", correction: correction), argument.span)
        }
        guard let kind = kind(argument.value, shape) else { return nil }
        return AssertCondition(kind: kind, text: context.source(argument.span), span: argument.span)
    }

    private func kind(_ expression: Expression, _ shape: TableShape) -> AssertCondition.Kind? {
        switch expression.kind {
        case .call(let call) where call.name.text == "unique":
            return columns(call, shape).map { .unique(columns: $0.map(\.name)) }
        case .call(let call) where call.name.text == "not_null": return columns(call, shape).map { .row(Self.areNotNull($0)) }
        case .binary(let operation, let left, let right):
            guard let comparison = AssertCondition.Comparison(rawValue: operation.rawValue) else { break }
            if isRowCount(left, shape) { return rowCount(comparison, right) }
            if isRowCount(right, shape) { return rowCount(comparison.mirrored, left) }
        default: break
        }
        return row(expression, shape)
    }

    // MARK: Columns

    private func columns(_ call: Call, _ shape: TableShape) -> [ColumnShape]? {
        let name = call.name.text
        guard !call.arguments.isEmpty else {
            return fail(.argumentCount(call: name, form: Self.forms[name] ?? name, found: 0), call.span)
        }
        var columns: [ColumnShape] = []
        for argument in call.arguments {
            guard argument.label == nil, case .name(let column) = argument.value.kind else {
                context.report(.notAColumn(verb: name), at: argument.span)
                continue
            }
            guard let found = shape[column.text] else {
                context.report(.unknownName(.column, column.text, candidates: shape.names), at: column.span)
                continue
            }
            guard !columns.contains(found) else {
                context.report(.duplicateArgument(column.text), at: argument.span)
                continue
            }
            columns.append(found)
        }
        return columns.count == call.arguments.count ? columns : nil
    }

    private static func areNotNull(_ columns: [ColumnShape]) -> CheckedExpression {
        let conditions = columns.map { column -> CheckedExpression in
            .scalar(.not, [.scalar(.isNull, [.column(column.name, column.type)], .bool)], .bool)
        }
        return conditions.dropFirst().reduce(conditions[0]) { .scalar(.and, [$0, $1], .bool) }
    }

    // MARK: The number of rows

    private func isRowCount(_ expression: Expression, _ shape: TableShape) -> Bool {
        if case .name(let name) = expression.kind { name.text == Self.rows && shape[Self.rows] == nil } else { false }
    }

    private func rowCount(_ comparison: AssertCondition.Comparison, _ limit: Expression) -> AssertCondition.Kind? {
        let expressions = ExpressionChecker(context: context, shape: TableShape(columns: []))
        guard let (value, _) = expressions.constant(limit, what: "the number of rows") else { return nil }
        guard case .int(let number) = value else {
            return fail(
                .argumentValue(call: "assert", argument: "the number of rows", expected: "an int", found: value.code), limit.span)
        }
        return .rowCount(comparison, number)
    }

    // MARK: Rows

    private func row(_ expression: Expression, _ shape: TableShape) -> AssertCondition.Kind? {
        if let nested = nested(expression, shape) { return fail(.nestedAssertCondition(nested.name), nested.span) }
        guard let typed = ExpressionChecker(context: context, shape: shape).check(expression) else { return nil }
        guard typed.type == .bool else { return fail(.conditionType(verb: "assert", found: typed.type), expression.span) }
        guard !typed.expression.containsSeries else {
            return fail(.seriesInAssert(context.source(expression.span)), expression.span)
        }
        return .row(typed.expression)
    }

    /// The first condition of another kind within an expression.
    private func nested(_ expression: Expression, _ shape: TableShape) -> (name: String, span: SourceSpan)? {
        switch expression.kind {
        case .name(let name): isRowCount(expression, shape) ? (name.text, name.span) : nil
        case .call(let call):
            Self.forms[call.name.text] != nil && call.name.text != Self.rows
                ? (call.name.text, call.name.span) : call.arguments.lazy.compactMap { nested($0.value, shape) }.first
        case .output(let call, _): call.arguments.lazy.compactMap { nested($0.value, shape) }.first
        case .unary(_, let operand): nested(operand, shape)
        case .binary(_, let left, let right): nested(left, shape) ?? nested(right, shape)
        case .list(let items): items.lazy.compactMap { nested($0, shape) }.first
        case .literal, .pipeline: nil
        }
    }

    private func fail<Result>(_ problem: CheckProblem, _ span: SourceSpan) -> Result? {
        context.report(problem, at: span)
        return nil
    }
}
