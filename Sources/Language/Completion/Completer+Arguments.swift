import Columnar

/// What may stand in the brackets of a call.
extension Completer {
    func argument(of call: String, _ place: CompletionPlace) -> [Completion.Candidate] {
        if place.previous == .symbol(.pipe) { return verbs(at: place) }
        guard place.beginsOperand else { return operators(place) }
        if call == Keyword.assert.rawValue { return assertion(place) }
        return place.level.isVerb ? argument(ofVerb: call, place) : argument(ofFunction: call, place)
    }

    /// Behind a value.
    private func operators(_ place: CompletionPlace) -> [Completion.Candidate] {
        guard !place.word.isEmpty else { return [] }
        return [Keyword.and, .or, .in].map { Completion.Candidate($0.rawValue + " ", label: $0.rawValue, .value) }
    }

    // MARK: Verbs

    private func argument(ofVerb verb: String, _ place: CompletionPlace) -> [Completion.Candidate] {
        let level = place.level
        switch verb {
        case "join", "union":
            if level.label == "on" { return columnCandidates(at: place) }
            if level.argumentCount == 0, level.label == nil { return sources + [Completion.Candidate("(", .statement, "a pipeline")] }
            return named(verb, place)
        case "require" where level.label != nil: return named(verb, place)
        case "take": return named(verb, place)
        case "calibrate" where level.label == nil && level.argumentCount == 0:
            return (Self.words["calibrate.method"] ?? []).map { Completion.Candidate($0, .value, "a method") }
        case _ where ModelForms.namedVerbs.contains(verb): return named(verb, place)
        case "drop", "key", "features": return columnCandidates(at: place).filter { !place.mentions($0.label) }
        case "partition": return columnCandidates(at: place) + parts
        case "sort": return columnCandidates(at: place) + [Completion.Candidate("desc(", label: "desc", .function, "the largest first")]
        case "rename": return level.label == nil ? [] : columnCandidates(at: place)
        case _ where ChartVerb.byName[verb] != nil: return argument(ofChart: ChartVerb.byName[verb]!, place)
        case "fit": return level.argumentCount == 0 ? kindsOfModel : []
        case "summarize" where level.label != nil: return aggregates + columnCandidates(at: place)
        case "summarize",
            "target" where level.label == nil && level.tokens.isEmpty:
            return columnCandidates(at: place)
        case "require": return expression(place) + named(verb, place)
        default: return expression(place)
        }
    }

    private var parts: [Completion.Candidate] {
        PartitionColumn.Part.allCases.map { Completion.Candidate("\($0.rawValue)(", label: $0.rawValue, .function, "of a date") }
    }

    /// What is drawn, then arguments with a name; of those, most are columns again.
    private func argument(ofChart chart: ChartVerb, _ place: CompletionPlace) -> [Completion.Candidate] {
        let named = known(CallForm.arguments(of: chart.form)).filter { $0.defaultCode != nil }
        guard let label = place.level.label else {
            return columnCandidates(at: place) + named.filter { !place.level.labels.contains($0.name) }.map(\.candidate)
        }
        if label == "title" { return [] }
        return label == "bins" ? values(of: label, of: named, call: chart.name) : columnCandidates(at: place)
    }

    /// Columns, then functions, then parameters.
    func expression(_ place: CompletionPlace) -> [Completion.Candidate] {
        let constants = ["true", "false", "null", "not "].map { Completion.Candidate($0, label: $0.filter { $0 != " " }, .value) }
        let ofGroup = place.verb == "summarize" ? aggregates : []
        return columnCandidates(at: place) + ofGroup + functions + parameters + constants
    }

    private func assertion(_ place: CompletionPlace) -> [Completion.Candidate] {
        guard place.level.argumentCount > 0 else { return tables }
        let forms = AssertChecker.forms.sorted { $0.key < $1.key }.map { name, form in
            Completion.Candidate(name == AssertChecker.rows ? name : "\(name)(", label: name, .function, form)
        }
        return columnCandidates(at: place) + forms + functions + parameters
    }

    // MARK: Functions

    private func argument(ofFunction name: String, _ place: CompletionPlace) -> [Completion.Candidate] {
        let level = place.level
        if let known = named(callable: name, place) {
            if let label = level.label { return values(of: label, of: known, call: name) }
            let open = known.filter { !level.labels.contains($0.name) && $0.place >= level.argumentCount }
            let labels = level.tokens.isEmpty ? open.map(\.candidate) : []
            if place.verb == "fit" || name == "csv" { return labels }
            let takesSeries = level.argumentCount < known.count { $0.isSeries }
            let next = known.first { $0.place == level.argumentCount }?.name
            return takesSeries ? expression(place) + labels : labels + values(of: next, of: known, call: name)
        }
        switch name {
        case "types": return level.label == nil ? [] : DataType.allCases.map { Completion.Candidate($0.rawValue, .value, "a type") }
        case "unique", "not_null", "desc": return columnCandidates(at: place)
        default: return expression(place)
        }
    }

    /// An argument that has a name, with what can be said of it.
    private struct Known {
        let name: String
        let place: Int
        var isSeries = false
        var type: DataType?
        var defaultCode: String?
        var limits = ""

        var candidate: Completion.Candidate {
            let default_ = defaultCode.map { "default \($0)" } ?? (isSeries ? "a series" : "must be given")
            let words = [type.map { $0.rawValue + limits } ?? "", default_].filter { !$0.isEmpty }
            return Completion.Candidate("\(name) = ", label: "\(name) =", .argument, words.joined(separator: ", "))
        }
    }

    private func named(callable name: String, _ place: CompletionPlace) -> [Known]? {
        if place.verb == "fit" {
            if let form = ModelForms.methods[name] { return known(CallForm.arguments(of: form)) }
            if let model = names.notebook.modelFunctions.first(where: { $0.name == name }) { return known(model.parameters, behind: 0) }
        }
        switch name {
        case "csv": return Array(known(CallForm.arguments(of: FileSourceChecker.csvForm)).dropFirst())
        case "parquet": return []
        default: break
        }
        let series = { (names: [String]) in
            names.enumerated().map { Known(name: $1, place: $0, isSeries: true) }
        }
        if let function = names.notebook.functions.series(name), !isAggregate(name, place) {
            return series(function.inputs.map(\.name)) + known(function.parameters, behind: function.inputs.count)
        }
        guard let indicator = names.notebook.indicators.first(where: { $0.name == name }) else { return nil }
        return series(indicator.series) + known(indicator.constants, behind: indicator.series.count)
    }

    /// `summarize(total = sum(volume))`, which is no moving sum.
    private func isAggregate(_ name: String, _ place: CompletionPlace) -> Bool {
        place.verb == "summarize" && AggregateFunction(rawValue: name) != nil
    }

    private func known(_ parameters: [SeriesFunction.Parameter], behind count: Int) -> [Known] {
        parameters.enumerated().map { index, parameter in
            let low = parameter.minimum.map { " from \(Self.plain($0))" } ?? ""
            let high = parameter.maximum.map { " to \(Self.plain($0))" } ?? ""
            return Known(
                name: parameter.name, place: count + index, type: parameter.type, defaultCode: parameter.defaultValue?.code,
                limits: low + high)
        }
    }

    private static func plain(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
    }

    private func known(_ arguments: [CallForm.Argument]) -> [Known] {
        arguments.enumerated().map { Known(name: $1.name, place: $0, defaultCode: $1.defaultCode) }
    }

    private func named(_ verb: String, _ place: CompletionPlace) -> [Completion.Candidate] {
        let form = ModelForms.verbs[verb] ?? Verb.byName[verb]?.form ?? ""
        let known = known(verb == "require" ? [CallForm.Argument(name: "else", defaultCode: "fail")] : CallForm.arguments(of: form))
        if let label = place.level.label { return values(of: label, of: known, call: verb) }
        let hasNoOrder = verb == "require" || ModelForms.verbsWithoutOrder.contains(verb)
        let positional = hasNoOrder ? 0 : place.level.argumentCount
        return known.filter { !place.level.labels.contains($0.name) && $0.place >= positional }.map(\.candidate)
    }

    // MARK: Values

    private func values(of label: String?, of known: [Known], call: String) -> [Completion.Candidate] {
        if let label, let words = Self.words["\(call).\(label)"] { return words.map { Completion.Candidate($0, .value) } }
        guard let argument = known.first(where: { $0.name == label }) else { return parameters(of: nil) }
        if argument.isSeries { return [] }
        if argument.type == .bool || ["true", "false"].contains(argument.defaultCode) {
            return ["true", "false"].map { Completion.Candidate($0, .value) } + parameters(of: .bool)
        }
        return (argument.defaultCode.map { [Completion.Candidate($0, .value, "the default")] } ?? []) + parameters(of: argument.type)
    }

    /// Of a type, doubles may be given as ints; of any where nil.
    private func parameters(of type: DataType?) -> [Completion.Candidate] {
        let fitting = names.notebook.parameters.filter { type == nil || $0.type == type || type == .double && $0.type == .int }
        return fitting.map { Completion.Candidate($0.name, .parameter, "a parameter, \($0.value.code)") }
    }

    /// Arguments that are one of a few words.
    private static let words = [
        "join.kind": JoinKind.allCases.map(\.rawValue), "require.else": RequirementFailure.allCases.map(\.rawValue),
    ].merging(ModelForms.words) { $1 }

    private var kindsOfModel: [Completion.Candidate] {
        let own = ModelForms.methods.sorted { $0.key < $1.key }.map { name, form in
            Completion.Candidate("\(name)(", label: name, .function, form)
        }
        let others = names.notebook.modelFunctions.map {
            Completion.Candidate("\($0.name)(", label: $0.name, .function, "\($0.form)  \(Self.firstSentence($0.documentation))")
        }
        return own + others
    }
}

extension CompletionPlace {
    /// Whether the call at the cursor names this column already.
    fileprivate func mentions(_ column: String) -> Bool {
        Lexer.tokens(in: text, code: SourceSpan(level.start, wordStart)).tokens.contains { $0.kind.name == column }
    }
}
