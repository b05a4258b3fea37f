package import Columnar

/// What can be wrong with the meaning of a notebook that reads well.
package indirect enum CheckProblem: Sendable, Hashable {
    package enum NameKind: String, Sendable {
        case column, table, function, verb, argument, result, model, aggregate, parameter, indicator, plugin, format
        case binding = "let"
    }

    // Names
    case unknownName(NameKind, String, candidates: [String])
    case duplicateDefinition(NameKind, String)
    case columnAndParameter(String)
    case unsuitableTableName(String)
    case unsuitableColumnName(String)
    /// `raw.stocks` beside `raw`: the folder of one would lie in that of the other.
    case nestedTables(outer: String, inner: String)
    case usedBeforeDefinition(NameKind, String, cell: String)
    case cycle([String])

    // Parameters
    case unusedParameter(String)
    case unknownOverride(String, candidates: [String])
    case overrideType(parameter: String, expected: DataType, found: String)
    case notConstant(what: String)

    // Calls
    case argumentCount(call: String, form: String, found: Int)
    case missingArgument(call: String, argument: String, form: String)
    case duplicateArgument(String)
    /// `log(x = close)`, where arguments have no names.
    case namedArgument(call: String, name: String, form: String)
    /// `where(symbol = "AAPL")`.
    case assignmentAsCondition(verb: String, correction: String)
    /// `x == null`, which is null for every row.
    case comparisonWithNull(correction: String)
    case argumentType(call: String, accepts: String, found: [DataType], form: String)
    /// A plugin is named for its model, and the notebook has no `use` of it.
    case modelOfUnusedPlugin(String)
    case argumentValue(call: String, argument: String, expected: String, found: String)
    /// `bbands(close)` where one of its results must be chosen.
    case outputNotChosen(call: String, outputs: [String])
    /// `abs(close).x`, which has no results with names.
    case singleResult(call: String, output: String)
    case unnamedExpression(verb: String)
    case notAColumn(verb: String)
    case notADate(String)
    case misplacedList
    case misplacedPipeline
    case emptyList(of: String, form: String)
    /// `min(close, 0)`: a window of no rows, where the smaller of two values was meant.
    case windowOrChoice(call: String, choice: String, found: String)
    case conditionType(verb: String, found: DataType)

    // Indicators
    case unsuitableIndicatorName(String)
    case indicatorNameTaken(String, by: String)
    case notAnArgumentName
    case seriesBehindConstant(String)
    case indicatorWithoutSeries(String)
    case defaultNotConstant(argument: String)
    case unusedArgument(String, indicator: String)
    /// A column, a param or a misspelt argument in an indicator's body; `form` is the head with it as an argument.
    case foreignName(String, indicator: String, candidates: [String], form: String)
    case seriesAsConstant(String, what: String)
    case indicatorBeforeDefinition(String)
    case indicatorCycle([String])
    /// A body that is right does not go with a call's arguments: `code` is the part of it, the last what is wrong with that.
    case indicatorMisuse(String, code: String, CheckProblem)
    case indicatorTooLarge(String)

    // Plugins
    /// A statement of a notebook in a `.tick` file.
    case notAnIndicator
    /// Files of the plugin are wrong; `place` and `message` are those of the first mistake.
    case pluginMistakes(plugin: String, count: Int, place: String, message: String)
    case pluginRefused(plugin: String, PluginRefusal)
    /// A function or indicator that a plugin of the workspace has.
    case functionOfUnusedPlugin(String, plugin: String)
    case pluginCollision(plugin: String, indicator: String)

    // Pipelines
    case aggregateOutsideSummarize(AggregateFunction)
    case notAnAggregate
    case groupWithoutSummarize
    case keyRequired(by: String)
    case keyTimeType(column: String, found: DataType)
    case partitionType(column: String, found: DataType)
    case columnTaken(String)
    case allColumnsDropped
    case orderLost(verb: String, by: String)
    case requireNeedsTable
    case joinCollision([String])
    case joinTypes(column: String, left: DataType, right: DataType)
    case unionMismatch(missing: [String], extra: [String], types: [String])
    case source(SourceFault)
    case notAPipeline

    // Asserts
    case assertWithoutTable
    /// An assert on a table that is only stored, on a let, or on rejected rows.
    case assertOnForeignTable(String, candidates: [String])
    /// `unique(…)`, `not_null(…)` or `rows` within an expression.
    case nestedAssertCondition(String)
    case seriesInAssert(String)

    // Charts
    case chartVerbElsewhere(String)
    /// `example` is a chart that would fit the columns there are.
    case missingChartVerb(example: String?)
    case verbAfterChart(String, chart: String)
    case chartWithoutAxis(chart: String, example: String)
    case chartWithoutColumn(chart: String, column: String, example: String)
    case chartColumnType(chart: String, column: String, expected: String, found: DataType)
    /// An expression where a chart takes columns.
    case chartExpression(chart: String, code: String)
    case chartFileEnding(String)
    case chartFileAmongTables(String)

    // Models
    case modelVerbElsewhere(String)
    case missingModelVerb(model: String, verb: String, example: String)
    case repeatedModelVerb(String)
    case verbAfterModelVerb(String)
    /// Two verbs of which a model has one.
    case exclusiveModelVerbs(String, String)
    /// `C` where nothing is penalised.
    case idleArgument(call: String, argument: String, beside: String)
    case targetType(found: DataType)
    case unboundedTarget(path: [String])
    case featureType(String, found: DataType)
    case lookAhead(feature: String, path: [String], rows: Int?)
}
