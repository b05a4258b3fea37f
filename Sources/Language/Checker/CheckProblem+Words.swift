import Columnar

extension CheckProblem {
    /// What is wrong, in one line without a full stop.
    package var message: String {
        switch self {
        case .unknownName(let kind, let name, _): "unknown \(kind.rawValue) '\(name)'"
        case .duplicateDefinition(let kind, let name): "\(kind.rawValue) '\(name)' is defined twice"
        case .columnAndParameter(let name): "'\(name)' is both a column here and a parameter of the notebook"
        case .unsuitableTableName(let name): "'\(name)' cannot be a table's name"
        case .unsuitableColumnName(let name): "column '\(name)' cannot be stored under this name"
        case .nestedTables(let outer, let inner): "tables '\(outer)' and '\(inner)' cannot stand beside each other"
        case .usedBeforeDefinition(.parameter, let name, let cell): "parameter '\(name)' is used before cell '\(cell)' sets it"
        case .usedBeforeDefinition(_, let table, let cell): "table '\(table)' is read before cell '\(cell)' makes it"
        case .cycle(let names): "tables depend on each other in a circle: \(names.joined(separator: " → "))"
        case .unusedParameter(let name): "parameter '\(name)' is never used"
        case .unknownOverride(let name, _): "the notebook has no parameter '\(name)'"
        case .overrideType(let parameter, _, let found): "'\(found)' does not fit parameter '\(parameter)'"
        case .notConstant(let what): "\(what) must be a constant"
        case .argumentCount(let call, _, let found):
            "\(call) does not take \(found == 0 ? "an empty argument list" : found == 1 ? "1 argument" : "\(found) arguments")"
        case .missingArgument(let call, let argument, _): "\(call) needs the argument '\(argument)'"
        case .duplicateArgument(let name): "'\(name)' is given twice"
        case .namedArgument(let call, let name, _): "\(call) has no argument named '\(name)'"
        case .assignmentAsCondition(let verb, _): "\(verb) takes conditions, and a single '=' does not compare"
        case .comparisonWithNull: "nothing equals null, so this would hold for no row"
        case .argumentType(let call, _, let found, _): "\(call) does not take \(list(found.map(\.rawValue)))"
        case .argumentValue(let call, let argument, _, let found): "\(argument) of \(call) cannot be \(found)"
        case .outputNotChosen(let call, let outputs): "\(call)(…) gives \(list(outputs)), of which one must be chosen"
        case .singleResult(let call, let output): "\(call) has one result without a name, so '.\(output)' cannot stand behind it"
        case .unnamedExpression(let verb): "\(verb) needs a name for this column"
        case .notAColumn(let verb): "\(verb) takes names of columns here"
        case .notADate(let text): "\"\(text)\" is no date"
        case .misplacedList: "a list cannot stand here"
        case .misplacedPipeline: "a pipeline cannot stand here"
        case .emptyList(let owner, _): "the list of '\(owner)' is empty"
        case .windowOrChoice(let call, _, let found): "\(call) over a window of \(found) rows is not possible"
        case .conditionType(let verb, let found): "\(verb) needs conditions, and this is of type \(found.rawValue)"
        case .unsuitableIndicatorName(let name): "'\(name)' cannot be an indicator's name"
        case .indicatorNameTaken(let name, let owner): "'\(name)' is \(owner) already"
        case .notAnArgumentName: "the head of an indicator names its arguments"
        case .seriesBehindConstant(let name): "the series '\(name)' stands behind an argument with a default"
        case .indicatorWithoutSeries(let name): "indicator '\(name)' has no series among its arguments"
        case .defaultNotConstant(let argument): "the default of '\(argument)' must be a constant"
        case .unusedArgument(let name, let indicator): "argument '\(name)' of indicator '\(indicator)' is never used"
        case .foreignName(let name, let indicator, _, _): "'\(name)' is no argument of indicator '\(indicator)'"
        case .seriesAsConstant(let name, let what): "\(what) must be a constant, and '\(name)' is a series"
        case .indicatorBeforeDefinition(let name): "indicator '\(name)' is used before it is defined"
        case .indicatorCycle(let names) where names.count == 2: "indicator '\(names[0])' uses itself"
        case .indicatorCycle(let names): "indicators use each other in a circle: \(names.joined(separator: " → "))"
        case .indicatorMisuse(let name, _, let problem): "\(name) does not go with these arguments: \(problem.message)"
        case .indicatorTooLarge(let name): "indicator '\(name)' grows too large with the indicators it is made of"
        case .notAnIndicator: "a file of a plugin defines indicators and nothing else"
        case .pluginMistakes(let plugin, let count, let place, let message):
            "plugin '\(plugin)' has \(count == 1 ? "a mistake" : "\(count) mistakes, the first"): \(place): \(message)"
        case .pluginRefused(let plugin, let refusal): "plugin '\(plugin)' can't be used: \(refusal.reason)"
        case .modelOfUnusedPlugin(let plugin): "'\(plugin)' is a plugin that this notebook doesn't use"
        case .functionOfUnusedPlugin(let name, let plugin): "unknown function '\(name)'; plugin '\(plugin)' has it"
        case .pluginCollision(let plugin, let indicator): "plugin '\(plugin)' defines '\(indicator)', which there is already"
        case .aggregateOutsideSummarize(let function): "\(function.rawValue) of a whole group stands outside summarize"
        case .notAnAggregate: "summarize needs functions of a group here"
        case .groupWithoutSummarize: "group needs a summarize right behind it"
        case .keyRequired(let by): "\(by) needs to know the entity and the time of a row"
        case .keyTimeType(let column, let found): "the key's last column '\(column)' is of type \(found.rawValue)"
        case .partitionType(let column, let found): "a table cannot be partitioned by '\(column)' of type \(found.rawValue)"
        case .columnTaken(let name): "there is already a column '\(name)'"
        case .allColumnsDropped: "no column would be left"
        case .orderLost(let verb, let by): "\(verb) cannot tell which row came last after \(by)"
        case .requireNeedsTable: "require with else = reject works only where the rows become a table"
        case .joinCollision(let names): "both sides of the join have \(list(names))"
        case .joinTypes(let column, let left, let right): "'\(column)' is \(left.rawValue) on the left and \(right.rawValue) on the right"
        case .unionMismatch: "the two sides of the union have different columns"
        case .source(let fault): fault.message
        case .notAPipeline: "a pipeline starts with a table, csv(…) or parquet(…)"
        case .assertWithoutTable: "assert begins with the name of a table"
        case .assertOnForeignTable(let name, _): "assert needs a table that a cell above makes, and '\(name)' is none"
        case .nestedAssertCondition(let name): "\(name) is no value of a row"
        case .seriesInAssert: "a condition of assert looks at one row, and this needs others"
        case .chartVerbElsewhere(let verb): "\(verb) draws a chart and belongs to plot"
        case .missingChartVerb: "plot does not say what chart to draw"
        case .verbAfterChart(let verb, let chart): "\(verb) stands behind the chart's own verb \(chart)"
        case .chartWithoutAxis(let chart, _): "\(chart) finds no column for its horizontal axis"
        case .chartWithoutColumn(let chart, let column, _): "\(chart) finds no column '\(column)'"
        case .chartColumnType(let chart, let column, _, let found): "\(chart) cannot draw '\(column)' of type \(found.rawValue) here"
        case .chartExpression(let chart, _): "\(chart) takes names of columns here"
        case .chartFileEnding(let path): "a chart cannot be written as '\(path)'"
        case .chartFileAmongTables(let path): "'\(path)' would lie among stored tables and models"
        case .modelVerbElsewhere(let verb): "\(verb) belongs to a model"
        case .missingModelVerb(let model, let verb, _): "model '\(model)' has no \(verb)"
        case .repeatedModelVerb(let verb): "\(verb) stands here a second time"
        case .verbAfterModelVerb(let verb): "\(verb) stands after the model's own verbs"
        case .exclusiveModelVerbs(let one, let other): "a model has \(one) or \(other), not both"
        case .idleArgument(let call, let argument, let other): "\(argument) of \(call) says nothing beside \(other)"
        case .targetType(let found): "a target is a condition, and this is of type \(found.rawValue)"
        case .unboundedTarget(let path): "the target depends on rows without bound: \(path.joined(separator: " ← "))"
        case .featureType(let name, let found): "feature '\(name)' is of type \(found.rawValue)"
        case .lookAhead(let feature, let path, let rows):
            "feature '\(feature)' looks \(rows.map { $0 == 1 ? "1 row" : "\($0) rows" } ?? "without bound") into the future: \(path.joined(separator: " ← "))"
        }
    }

    /// What would have been right.
    package var expected: String? {
        switch self {
        case .unknownName(let kind, _, let candidates) where !candidates.isEmpty:
            "one of the \(kind.rawValue)s: " + candidates.prefix(24).joined(separator: ", ") + (candidates.count > 24 ? ", …" : "")
        case .unknownName(.model, _, _): "a model made in a cell above or stored in the workspace; there is none yet"
        case .unknownName(.parameter, _, _): "a parameter of a cell above, or a constant; there are no parameters yet"
        case .unknownName(.column, _, _): "a constant; there are no columns here"
        case .unknownName(.plugin, _, _): "a plugin of the workspace; there is none yet"
        case .notAnIndicator: IndicatorChecker.form
        case .unknownName(.table, _, _): "a table made in a cell above or stored in the workspace; there is none yet"
        case .missingChartVerb: list(ChartVerb.all.map { "\($0.name)(…)" }, "or") + " at the end"
        case .chartWithoutAxis: "the time of a key, or one column of type date or timestamp"
        case .chartColumnType(_, _, let expected, _): expected
        case .chartFileEnding: "a name that ends in " + list(ChartFile.Format.allCases.map { "." + $0.rawValue }, "or")
        case .assertWithoutTable: AssertChecker.form
        case .assertOnForeignTable(_, let candidates):
            candidates.isEmpty ? "a table of this notebook; there is none yet" : "one of the tables: " + candidates.joined(separator: ", ")
        case .nestedAssertCondition(let name): AssertChecker.forms[name].map { "a condition of its own, as in assert(prices, \($0))" }
        case .unknownOverride(_, let candidates):
            candidates.isEmpty ? "none: it declares no parameters" : "one of " + candidates.joined(separator: ", ")
        case .overrideType(_, let expected, _): "a value of type \(expected.rawValue)"
        case .unsuitableTableName: "letters, digits and _ in parts joined by dots, such as curated.stocks.prices; not ending in __rejects"
        case .unsuitableColumnName: "no space , ; { } ( ) = tab or line break, which Delta tables don't allow"
        case .nestedTables: "names of which none is the beginning of another: the folder of a table holds that table alone"
        case .argumentCount(_, let form, _), .missingArgument(_, _, let form): form
        case .argumentType(_, let accepts, _, let form): "\(accepts), as in \(form)"
        case .argumentValue(_, _, let expected, _): expected
        case .namedArgument(_, _, let form): form
        case .misplacedList: "one value; a list stands only behind in, as in symbol in [\"AAPL\", \"IBM\"]"
        case .misplacedPipeline: "a value; pipelines stand in join(…) and union(…)"
        case .emptyList(_, let form): "at least one, as in \(form)"
        case .windowOrChoice: "1 row or more"
        case .notADate: "a date like \"2012-03-01\", or a time like \"2012-03-01 09:30:00\""
        case .unsuitableIndicatorName: "letters, digits and _, beginning with a letter, such as mean_gain"
        case .notAnArgumentName: "a name, or a name with its default, as in \(IndicatorChecker.form)"
        case .indicatorWithoutSeries: "at least one without a default, as in \(IndicatorChecker.form)"
        case .defaultNotConstant: "a number, a text, true or false"
        case .foreignName(_, _, let candidates, _): "one of its arguments: \(candidates.joined(separator: ", "))"
        case .indicatorMisuse(_, _, let problem): problem.expected
        case .conditionType: "something true or false, such as close > 0"
        case .groupWithoutSummarize: Verb.summarize.form
        case .notAnAggregate: list(AggregateFunction.allCases.map(\.rawValue), "or")
        case .keyTimeType: "a date or a timestamp: key(entity…, time)"
        case .partitionType: "a string, int, bool or date, or year(…), month(…), day(…) of a date"
        case .unionMismatch(let missing, let extra, let types):
            [
                missing.isEmpty ? nil : "missing on the right: \(missing.joined(separator: ", "))",
                extra.isEmpty ? nil : "only on the right: \(extra.joined(separator: ", "))",
                types.isEmpty ? nil : "of another type: \(types.joined(separator: ", "))",
            ].compactMap(\.self).joined(separator: "; ")
        case .source(let fault): fault.expected
        case .featureType: "a number or a bool"
        case .targetType: "a bool, as in target(up = next(close, 1) > close)"
        default: nil
        }
    }

    /// What to do about it.
    package var help: String? {
        switch self {
        case .columnAndParameter: "rename the parameter, or the column with rename(…)"
        case .unsuitableColumnName(let name): "give it another name: rename(\(suggestedName(for: name)) = `\(name)`)"
        case .nestedTables(let outer, _): "give one of them another name, such as \(outer).all"
        case .usedBeforeDefinition(_, _, let cell): "move this cell below '\(cell)'"
        case .cycle: "each table may read only tables of cells above it"
        case .unusedParameter(let name): "use '\(name)' in a cell, or delete its line"
        case .notConstant: "write a number, a text, or the name of a param"
        case .outputNotChosen(let call, let outputs): "write \(call)(…).\(outputs[0])"
        case .singleResult(let call, let output): "write \(call)(…) without .\(output)"
        case .unnamedExpression(let verb): "write \(verb)(name = …)"
        case .aggregateOutsideSummarize(let function):
            "write … | group(…) | summarize(x = \(function.rawValue)(…))"
                + (function.ofMovingWindow.map { "; for a moving window give its rows: \($0)(…, 14)" } ?? "")
        case .indicatorNameTaken: "give the indicator another name"
        case .seriesBehindConstant(let name): "put '\(name)' before the arguments with defaults, or give it a default"
        case .notAnIndicator: "put this statement into a notebook"
        case .pluginMistakes(let plugin, _, _, _): "mend the files of '\(plugin)', or leave it out"
        case .pluginRefused(_, let refusal): refusal.remedy
        case .functionOfUnusedPlugin(_, let plugin): "write above: use \(plugin)"
        case .modelOfUnusedPlugin(let plugin): "write above: use \(plugin)"
        case .pluginCollision(_, let indicator): "give your own '\(indicator)' another name, or use one of the plugins only"
        case .unusedArgument(let name, _): "use '\(name)' in the expression, or leave it out"
        case .foreignName(let name, _, let candidates, let form) where NearestName.of(name, among: candidates) == nil:
            "columns and params are not seen here; make it an argument: indicator \(form)"
        case .seriesAsConstant(let name, _): "give it a default in the indicator's head: \(name) = 14"
        case .indicatorBeforeDefinition: "put its definition above"
        case .indicatorCycle: "an indicator may use functions and the indicators defined above it"
        case .indicatorMisuse(_, let code, _): "its expression holds \(code)"
        case .indicatorTooLarge: "use fewer indicators within each other"
        case .assignmentAsCondition(_, let correction): "write \(correction)"
        case .comparisonWithNull(let correction): "write \(correction)"
        case .namedArgument("sort", _, _): "write desc(…) around a column for its largest values first"
        case .windowOrChoice(let call, let choice, let found):
            "for the \(call == "min" ? "smaller" : "larger") of two values write \(choice)(…, \(found))"
        case .unknownName(let kind, let name, _): ForeignNames.translation(of: name, kind).map { "write \($0)" }
        case .notAColumn: "write names such as close; give an expression a name with derive(name = …) before"
        case .allColumnsDropped: "leave at least one out of drop(…), or name those to keep with select(…)"
        case .columnTaken(let name): "choose another name, or drop or rename '\(name)' before"
        case .keyRequired: "say so first: … | key(symbol, date)"
        case .orderLost(let verb, _): "put \(verb)() right after the table or the files, and partition only by the key"
        case .requireNeedsTable: "write else = fail or else = warn, or make it a table: table name = …"
        case .joinCollision(let names): "rename or drop them on one side, e.g. (right | drop(\(names.joined(separator: ", "))))"
        case .joinTypes(let column, _, let right): "convert one side first: derive(\(column) = \(right.rawValue)(\(column)))"
        case .assertOnForeignTable: "put the assert below the table statement that makes the rows"
        case .nestedAssertCondition: "separate conditions by commas; each must hold"
        case .seriesInAssert(let code): "make it a column of the table first: derive(x = \(code))"
        case .chartVerbElsewhere(let verb): "begin the statement with plot, and put \(verb)(…) at its end"
        case .missingChartVerb(let example): example.map { "add | \($0)" }
        case .verbAfterChart(let verb, let chart):
            ChartVerb.byName[verb] == nil ? "put it before \(chart)(…)" : "draw each chart with a plot of its own"
        case .chartWithoutAxis(_, let example): "name it: \(example); or say what the key is before: | key(symbol, date)"
        case .chartWithoutColumn(_, _, let example): "name the column that holds it: \(example)"
        case .chartExpression(_, let code): "make it a column first: | derive(x = \(code))"
        case .chartFileAmongTables: "write it elsewhere, such as charts/close.svg"
        case .modelVerbElsewhere: "it belongs in a model statement: model name = table | target(…) | features(…) | fit(…)"
        case .missingModelVerb(_, _, let example): "add | \(example)"
        case .repeatedModelVerb(let verb): "keep one \(verb)(…)"
        case .exclusiveModelVerbs(let one, let other): "keep \(one)(…) for one test period, \(other)(…) for many"
        case .idleArgument(_, let argument, let other): "leave out \(argument), or \(other)"
        case .verbAfterModelVerb: "put it before target(…)"
        case .unboundedTarget: "look ahead in the target itself, a fixed number of rows: target(up = next(close, 1) > close)"
        case .lookAhead: "a feature may use only this row and earlier ones; leave it out of features(…)"
        case .source(let fault): fault.help
        case .duplicateDefinition(let kind, _): "give one \(kind.rawValue) another name"
        default: nil
        }
    }

    /// Known names near the unknown one.
    package var candidates: [String] {
        switch self {
        case .foreignName(_, _, let candidates, _): candidates
        case .unknownName(_, _, let candidates), .unknownOverride(_, let candidates), .assertOnForeignTable(_, let candidates): candidates
        default: []
        }
    }

    /// The misspelt name that `candidates` are for; nil where the help knows better than the spelling.
    package var unknownName: String? {
        switch self {
        case .unknownName(let kind, let name, _): ForeignNames.translation(of: name, kind) == nil ? name : nil
        case .unknownOverride(let name, _), .assertOnForeignTable(let name, _), .foreignName(let name, _, _, _): name
        default: nil
        }
    }

    /// A stable name of the kind of mistake, `unknown-name`.
    package var code: String {
        let name = String(describing: self).prefix { $0 != "(" }
        return name.reduce(into: "") { $0 += $1.isUppercase ? "-" + $1.lowercased() : String($1) }
    }

    private func suggestedName(for name: String) -> String {
        let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }
        return words.isEmpty ? "name" : words.joined(separator: "_")
    }
}

private func list(_ words: [String], _ conjunction: String = "and") -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
}
