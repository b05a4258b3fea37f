import Columnar

/// Checks one chart verb against the columns before it.
struct ChartChecker {
    let context: CheckContext
    let shape: TableShape
    let call: Call

    private var chart: ChartVerb { ChartVerb.byName[call.name.text]! }

    func check() -> CheckedChart? {
        switch call.name.text {
        case ChartVerb.line.name: lines()
        case ChartVerb.candlestick.name: candles()
        case ChartVerb.histogram.name: histogram()
        default: points()
        }
    }

    /// What the chart is to be called; nil when that is wrong, which is reported.
    var title: (text: String?, Void)? {
        guard let argument = call.arguments.first(where: { $0.label?.text == "title" }) else { return (nil, ()) }
        guard let (value, _) = constants.constant(argument.value, what: "title of \(chart.name)") else { return nil }
        guard case .string(let text) = value else { return failValue(argument, "title", "a text in quotes", value.code) }
        return (text, ())
    }

    // MARK: Charts

    private func lines() -> CheckedChart? {
        let series = call.arguments.filter { $0.label == nil }
        let named = Call(name: call.name, arguments: call.arguments.filter { $0.label != nil }, span: call.span)
        guard let bound = binder(named).bind(positional: [], named: ["x", "color", "title"], required: []) else { return nil }
        guard !series.isEmpty else { return fail(.argumentCount(call: chart.name, form: chart.form, found: 0), call.span) }
        var seen: Set<String> = []
        let values = all(series) { argument -> Field? in
            guard let field = number(argument) else { return nil }
            return seen.insert(field.name).inserted ? field : fail(.duplicateArgument(field.name), argument.span)
        }
        guard let values, let x = horizontal(bound["x"]), let split = split(bound["color"]) else { return nil }
        return .lines(x: x, values: values, split: split.filter { field in field != x && !values.contains(field) })
    }

    private func candles() -> CheckedChart? {
        let names = ["open", "high", "low", "close"]
        guard let bound = binder(call).bind(positional: [], named: names + ["volume", "x", "title"], required: []) else { return nil }
        guard let time = horizontal(bound["x"]) else { return nil }
        guard time.type.isTemporal else {
            return failType(time, "a date or a timestamp", bound["x"]?.span ?? call.span)
        }
        let prices = all(names) { name in bound[name].map(number) ?? column(called: name) }
        guard let prices else { return nil }
        let hasVolume = bound["volume"] != nil || shape["volume"]?.type.isNumeric == true
        let volume = hasVolume ? bound["volume"].map(number) ?? column(called: "volume") : nil
        guard !hasVolume || volume != nil else { return nil }
        return .candles(
            PriceColumns(time: time, open: prices[0], high: prices[1], low: prices[2], close: prices[3], volume: volume), split: entity)
    }

    private func histogram() -> CheckedChart? {
        guard
            let bound = binder(call).bind(positional: ["column", "bins"], named: ["title"], required: ["column"]),
            let values = number(bound["column"]!), let bins = bins(bound["bins"])
        else { return nil }
        return .histogram(values, bins: bins)
    }

    private func points() -> CheckedChart? {
        guard let bound = binder(call).bind(positional: ["x", "y"], named: ["color", "title"], required: ["x", "y"]) else { return nil }
        guard let x = axis(bound["x"]!), let y = number(bound["y"]!) else { return nil }
        guard let argument = bound["color"] else { return .points(x: x, y: y, split: []) }
        return colour(argument).map { .points(x: x, y: y, split: [$0]) }
    }

    // MARK: Arguments

    private var constants: ExpressionChecker { ExpressionChecker(context: context, shape: TableShape(columns: [])) }

    private func binder(_ call: Call) -> ArgumentBinder { ArgumentBinder(context: context, call: call, form: chart.form) }

    /// The key's time, or the one column of dates or timestamps.
    private func horizontal(_ argument: Argument?) -> Field? {
        if let argument { return axis(argument) }
        if let key = shape.key, let time = shape[key.time] { return Field(time.name, time.type) }
        let temporal = shape.columns.filter(\.type.isTemporal)
        if temporal.count == 1 { return Field(temporal[0].name, temporal[0].type) }
        let used = call.arguments.reduce(into: Set<String>()) { $0.formUnion($1.value.names) }
        let column = temporal.first ?? shape.columns.first { $0.type.isNumeric && !used.contains($0.name) }
        let name = column.map { Name($0.name, call.span).code } ?? "…"
        let code = call.code.dropLast() + (call.arguments.isEmpty ? "" : ", ") + "x = \(name))"
        return fail(.chartWithoutAxis(chart: chart.name, example: String(code)), call.span)
    }

    /// What lines are told apart by: what is named, or the key's entity.
    private func split(_ argument: Argument?) -> [Field]? {
        guard let argument else { return entity }
        return colour(argument).map { [$0] }
    }

    private var entity: [Field] { (shape.key?.entity ?? []).compactMap { shape[$0].map { Field($0.name, $0.type) } } }

    private func number(_ argument: Argument) -> Field? {
        guard let column = column(argument) else { return nil }
        return column.type.isNumeric ? column : failType(column, "a number", argument.span)
    }

    private func axis(_ argument: Argument) -> Field? {
        guard let column = column(argument) else { return nil }
        return column.type.isNumeric || column.type.isTemporal ? column : failType(column, "a number, a date or a timestamp", argument.span)
    }

    private func colour(_ argument: Argument) -> Field? {
        guard let column = column(argument) else { return nil }
        return column.type == .double || column.type.isTemporal ? failType(column, "a string, an int or a bool", argument.span) : column
    }

    private func column(_ argument: Argument) -> Field? {
        guard case .name(let name) = argument.value.kind else {
            return fail(.chartExpression(chart: chart.name, code: context.source(argument.value.span)), argument.value.span)
        }
        guard let column = shape[name.text] else { return fail(.unknownName(.column, name.text, candidates: shape.names), name.span) }
        return Field(column.name, column.type)
    }

    /// A column of a candlestick that the call does not name.
    private func column(called name: String) -> Field? {
        guard let column = shape[name] else {
            return fail(.chartWithoutColumn(chart: chart.name, column: name, example: "\(chart.name)(\(name) = …)"), call.span)
        }
        let field = Field(column.name, column.type)
        return column.type.isNumeric ? field : failType(field, "a number", call.span)
    }

    private func bins(_ argument: Argument?) -> Int? {
        guard let argument else { return 30 }
        guard let (value, _) = constants.constant(argument.value, what: "bins of \(chart.name)") else { return nil }
        guard case .int(let number) = value, (1...1000).contains(number) else {
            return failValue(argument, "bins", "an int from 1 to 1000", value.code)
        }
        return Int(number)
    }

    // MARK: Mistakes

    private func fail<Result>(_ problem: CheckProblem, _ span: SourceSpan) -> Result? {
        context.report(problem, at: span)
        return nil
    }

    private func failType<Result>(_ column: Field, _ expected: String, _ span: SourceSpan) -> Result? {
        fail(.chartColumnType(chart: chart.name, column: column.name, expected: expected, found: column.type), span)
    }

    private func failValue<Result>(_ argument: Argument, _ name: String, _ expected: String, _ found: String) -> Result? {
        fail(.argumentValue(call: chart.name, argument: name, expected: expected, found: found), argument.value.span)
    }

    /// All or nothing: nil when one failed, after all were tried.
    private func all<Input, Output>(_ inputs: [Input], _ transform: (Input) -> Output?) -> [Output]? {
        let outputs = inputs.map(transform).compactMap(\.self)
        return outputs.count == inputs.count ? outputs : nil
    }
}
