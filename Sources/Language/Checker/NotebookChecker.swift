import Columnar

/// Checks a whole notebook before anything of it runs.
package struct NotebookChecker {
    private let context: CheckContext
    private let scope: NotebookScope
    private let overrides: [String: String]

    /// `overrides` are parameters given from outside, as text, by name.
    package static func check(
        _ tree: SyntaxTree, text: String, catalog: any Catalog, functions: FunctionLibrary, overrides: [String: String] = [:]
    ) -> (CheckedNotebook, [Diagnostic]) {
        let (notebook, diagnostics, _) = checkNaming(tree, text: text, catalog: catalog, functions: functions, overrides: overrides)
        return (notebook, diagnostics)
    }

    /// The same, with all names that are known at the notebook's end.
    package static func checkNaming(
        _ tree: SyntaxTree, text: String, catalog: any Catalog, functions: FunctionLibrary, overrides: [String: String] = [:]
    ) -> (CheckedNotebook, [Diagnostic], NotebookNames) {
        let defined = DefiningCells(tree)
        let context = CheckContext(
            text: text, catalog: catalog, functions: functions, parameterCells: defined.parameters, laterIndicators: defined.indicators)
        let checker = NotebookChecker(context: context, scope: NotebookScope(definingCells: defined.tables), overrides: overrides)
        checker.reportCycles(tree)
        checker.reportUnknownOverrides(tree)
        let cells = tree.cells.map { cell in CheckedCell(name: cell.name, statements: cell.statements.compactMap(checker.check)) }
        // What could not be read to the end may use any parameter.
        if !tree.hasInvalidStatements { context.reportUnusedParameters(excusing: context.diagnostics.isEmpty ? [] : tree.namesUsed) }
        let diagnostics = context.diagnostics.sorted { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
        return (CheckedNotebook(cells: cells, plugins: context.plugins), diagnostics, NotebookNames(context, checker.scope))
    }

    private func check(_ statement: Statement) -> CheckedStatement? {
        switch statement.kind {
        case .param(let name, let value): declare(name, value)
        case .binding(let name, let pipeline): define(binding: name, pipeline)
        case .use(let name): PluginUse(context: context).check(name)
        case .indicator(let head, let body): IndicatorChecker(context: context).define(head, body)
        case .table(let name, let pipeline):
            if let checked = define(table: name, pipeline) {
                return CheckedStatement(kind: .table(name: name.text, checked), span: statement.span)
            }
        case .assertion(let call):
            if let assert = AssertChecker(context: context, scope: scope).check(call) {
                return CheckedStatement(kind: .assertion(assert), span: statement.span)
            }
        case .model(let name, let pipeline):
            if scope.hasModel(name.text) { context.report(.duplicateDefinition(.model, name.text), at: name.span) }
            scope.define(model: name.text)
            if let model = ModelChecker(context: context, scope: scope, name: name).check(pipeline), !setsRowsAside(model.pipeline) {
                return CheckedStatement(kind: .model(name: name.text, model), span: statement.span)
            }
        case .show(let pipeline, let format): return show(pipeline, as: format, statement.span)
        case .pipeline(let pipeline): return show(pipeline, as: nil, statement.span)
        case .plot(let pipeline, let file):
            if let plot = PlotChecker(context: context, scope: scope).check(pipeline, to: file), !setsRowsAside(plot.pipeline) {
                return CheckedStatement(kind: .plot(plot), span: statement.span)
            }
        case .invalid(let name?):
            scope.define(broken: name.text)
            context.declare(brokenParameter: name.text)
            context.declare(brokenIndicator: name.text)
        case .invalid(nil): break
        case .serve(let name, let port):
            if let port = serve(name, port) { return CheckedStatement(kind: .serve(model: name.text, port: port), span: statement.span) }
        }
        return nil
    }

    private var pipelines: PipelineChecker { PipelineChecker(context: context, scope: scope) }

    private func show(_ pipeline: Pipeline, as name: Name?, _ span: SourceSpan) -> CheckedStatement? {
        let format = name.flatMap { RowsFormat(rawValue: $0.text) }
        if let name, format == nil {
            context.report(.unknownName(.format, name.text, candidates: RowsFormat.allCases.map(\.rawValue)), at: name.span)
        }
        guard let checked = pipelines.check(pipeline), !setsRowsAside(checked), (format == nil) == (name == nil) else { return nil }
        return CheckedStatement(kind: .show(checked, as: format), span: span)
    }

    private func declare(_ name: Name, _ expression: Expression) {
        let expressions = ExpressionChecker(context: context, shape: TableShape(columns: []))
        guard let (declared, type) = expressions.constant(expression, what: "parameter '\(name.text)'") else {
            context.declare(brokenParameter: name.text)
            return
        }
        var value = declared
        if let text = overrides[name.text] {
            if let given = ParameterText.value(text, type: type) {
                value = given
            } else {
                context.report(.overrideType(parameter: name.text, expected: type, found: text), at: name.span)
            }
        }
        context.declare(parameter: name, value: value, type: type)
    }

    private func define(binding name: Name, _ pipeline: Pipeline) {
        if scope.hasBinding(name.text) || scope.hasTable(name.text) {
            context.report(.duplicateDefinition(scope.hasBinding(name.text) ? .binding : .table, name.text), at: name.span)
        }
        scope.define(binding: name.text, pipelines.check(pipeline))
    }

    private func define(table name: Name, _ pipeline: Pipeline) -> CheckedPipeline? {
        if scope.hasTable(name.text) || scope.hasBinding(name.text) {
            context.report(.duplicateDefinition(.table, name.text), at: name.span)
        }
        if !TableName.isSuitable(name.text) { context.report(.unsuitableTableName(name.text), at: name.span) }
        reportNesting(name)
        let checked = pipelines.check(pipeline)
        scope.define(table: name.text, checked?.shape)
        // Of a pipeline with a mistake nobody knows whether it rejects rows.
        if checked?.rejectingStep != nil || checked == nil {
            scope.define(table: name.text + TableName.rejectsSuffix, checked.map { _ in .rejects })
        }
        if let checked { reportUnstorable(checked.shape, at: name.span) }
        return checked
    }

    /// A table's folder is its own: `raw` and `raw.stocks` don't go together, in the notebook or in the workspace.
    private func reportNesting(_ name: Name) {
        let others = scope.tableNames + context.catalog.tableNames
        guard let other = others.first(where: { $0.hasPrefix(name.text + ".") || name.text.hasPrefix($0 + ".") }) else { return }
        let (outer, inner) = other.utf8.count < name.text.utf8.count ? (other, name.text) : (name.text, other)
        context.report(.nestedTables(outer: outer, inner: inner), at: name.span)
    }

    /// What only matters where rows are stored: names of columns, and folders named after columns made since `partition`.
    private func reportUnstorable(_ shape: TableShape, at span: SourceSpan) {
        for column in shape.columns where !ColumnName.isStorable(column.name) {
            context.report(.unsuitableColumnName(column.name), at: span)
        }
        for partition in shape.partitioning {
            guard let column = shape[partition.source] else { continue }
            if partition.part != nil, shape[partition.name] != nil { context.report(.columnTaken(partition.name), at: span) }
            if partition.part == nil ? !column.type.isPartitionable : !column.type.isTemporal {
                context.report(.partitionType(column: column.name, found: column.type), at: span)
            }
        }
    }

    private func setsRowsAside(_ pipeline: CheckedPipeline) -> Bool {
        guard let step = pipeline.rejectingStep else { return false }
        context.report(.requireNeedsTable, at: step.span)
        return true
    }

    private func serve(_ name: Name, _ port: Expression?) -> Int? {
        if !scope.hasModel(name.text), !context.catalog.modelNames.contains(name.text) {
            context.report(
                .unknownName(.model, name.text, candidates: Set(scope.modelNames + context.catalog.modelNames).sorted()), at: name.span)
            return nil
        }
        guard let port else { return 8000 }
        let expressions = ExpressionChecker(context: context, shape: TableShape(columns: []))
        guard let (value, _) = expressions.constant(port, what: "the port") else { return nil }
        guard case .int(let number) = value, (0...65_535).contains(number) else {
            context.report(
                .argumentValue(call: "serve", argument: "the port", expected: "an int from 0 to 65535", found: value.code),
                at: port.span)
            return nil
        }
        return Int(number)
    }

    /// Reports each circle of tables that read each other, and of indicators that use each other, once.
    private func reportCycles(_ tree: SyntaxTree) {
        let statements = tree.cells.flatMap(\.statements)
        for circle in DefinitionCycles.ofTables(statements) {
            context.report(.cycle(circle.names), at: circle.span)
            scope.define(circular: circle.names)
        }
        IndicatorChecker(context: context).reportCycles(statements)
    }

    private func reportUnknownOverrides(_ tree: SyntaxTree) {
        let declared = tree.cells.flatMap(\.statements).compactMap { if case .param(let name, _) = $0.kind { name.text } else { nil } }
        for name in overrides.keys.sorted() where !declared.contains(name) {
            context.report(.unknownOverride(name, candidates: declared), at: SourceSpan(0, 0))
        }
    }
}

/// The first cell that makes each table or let, and that declares each parameter; the indicators there will be.
private struct DefiningCells {
    private(set) var tables: [String: String] = [:]
    private(set) var parameters: [String: String] = [:]
    private(set) var indicators: Set<String> = []

    init(_ tree: SyntaxTree) {
        for cell in tree.cells {
            for statement in cell.statements {
                switch statement.kind {
                case .table(let name, _), .binding(let name, _): tables[name.text] = tables[name.text] ?? cell.name
                case .param(let name, _): parameters[name.text] = parameters[name.text] ?? cell.name
                case .indicator(let head, _): indicators.insert(head.name.text)
                case .use, .assertion, .model, .show, .plot, .pipeline, .serve, .invalid: continue
                }
            }
        }
    }
}

/// Values of parameters given as text, on the command line.
enum ParameterText {
    static func value(_ text: String, type: DataType) -> Value? {
        switch type {
        case .int: Int64(text).map(Value.int)
        case .double: Double(text).flatMap { $0.isFinite ? .double($0) : nil }
        case .bool: Bool(text).map(Value.bool)
        case .string: .string(text)
        case .date: CalendarDate(iso: text).map { .date($0.days) }
        case .timestamp: CalendarTime(iso: text).map { .timestamp($0.microseconds) }
        }
    }
}
