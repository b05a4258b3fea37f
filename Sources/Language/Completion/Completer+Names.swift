import Columnar

/// Names as candidates.
extension Completer {
    // MARK: What statements begin with

    var beginnings: [Completion.Candidate] {
        let words = Keyword.statements.map { word in
            let text = word == .assert ? "assert(" : word.rawValue + " "
            return Completion.Candidate(text, label: word.rawValue, .statement, word.documentation)
        }
        return sources + words
    }

    /// What a pipeline begins with.
    var sources: [Completion.Candidate] {
        bindings + tables + [
            Completion.Candidate("csv(\"", label: "csv", .function, "rows of CSV files"),
            Completion.Candidate("parquet(\"", label: "parquet", .function, "rows of Parquet files"),
        ]
    }

    var tables: [Completion.Candidate] {
        names.tableNames.map { name in
            let columns = names.shape(ofTable: name).map { Self.listed($0.names) } ?? "a table"
            return Completion.Candidate(Self.code(name), label: name, .table, columns)
        }
    }

    var bindings: [Completion.Candidate] {
        names.bindingNames.map { name in
            let columns = (names.notebook.bindings[name] ?? nil).map { Self.listed($0.shape.names) } ?? "a let"
            return Completion.Candidate(Self.code(name), label: name, .binding, columns)
        }
    }

    var models: [Completion.Candidate] { names.modelNames.map { Completion.Candidate(Self.code($0), label: $0, .model, "a model") } }

    private static func listed(_ columns: [String]) -> String { columns.joined(separator: ", ") }

    // MARK: Verbs

    /// Those that may follow what the pipeline at the cursor already has.
    func verbs(at place: CompletionPlace) -> [Completion.Candidate] {
        let before = place.verbsBefore
        if before.last == Verb.group.name { return [Verb.summarize].map(Self.candidate) }
        let isModel = place.level.keyword == .model
        let ofModel = isModel ? Verb.ofModels.filter { !before.contains($0) }.map(Self.candidate(ofModelVerb:)) : []
        let charts = place.level.keyword == .plot ? ChartVerb.all.map(Self.candidate) : []
        let hasModelVerb = before.contains { Verb.ofModels.contains($0) }
        return hasModelVerb ? ofModel : charts + Verb.all.map(Self.candidate) + ofModel
    }

    private static func candidate(_ chart: ChartVerb) -> Completion.Candidate {
        Completion.Candidate("\(chart.name)(", label: chart.name, .verb, chart.form)
    }

    private static func candidate(_ verb: Verb) -> Completion.Candidate {
        let call = verb.form.hasSuffix("()") ? "\(verb.name)()" : "\(verb.name)("
        return Completion.Candidate(call, label: verb.name, .verb, "\(verb.form)  \(firstSentence(verb.documentation))")
    }

    private static func candidate(ofModelVerb name: String) -> Completion.Candidate {
        Completion.Candidate("\(name)(", label: name, .verb, ModelForms.verbs[name] ?? "")
    }

    // MARK: Columns

    /// The columns of the pipeline so far, or of the table that is asserted of.
    func columns(at place: CompletionPlace) -> [ColumnShape] {
        if let table = place.assertedTable { return names.shape(ofTable: table)?.columns ?? [] }
        guard let depth = place.verbDepth else { return [] }
        return PrefixShape(text: place.text, names: names).shape(in: place, verbAt: depth)?.columns ?? []
    }

    func columnCandidates(at place: CompletionPlace) -> [Completion.Candidate] {
        columns(at: place).map { Completion.Candidate(Self.code($0.name), label: $0.name, .column, $0.type.rawValue) }
    }

    // MARK: Functions and parameters

    /// Of series, of the language, of one row.
    var functions: [Completion.Candidate] {
        let notebook = names.notebook
        let indicators = notebook.indicators.map { Completion.Candidate("\($0.name)(", label: $0.name, .function, $0.form) }
        let others = notebook.functions.names.map { name -> Completion.Candidate in
            Completion.Candidate("\(name)(", label: name, .function, Self.description(ofFunction: name, notebook.functions))
        }
        return (indicators + others).sorted { $0.label < $1.label }
    }

    private static func description(ofFunction name: String, _ library: FunctionLibrary) -> String {
        if let series = library.series(name) { return "\(series.form)  \(firstSentence(series.documentation))" }
        guard let scalar = ScalarFunction(rawValue: name) else { return "" }
        return "\(scalar.signature.form)  \(firstSentence(scalar.signature.documentation))"
    }

    var aggregates: [Completion.Candidate] {
        AggregateFunction.allCases.map {
            Completion.Candidate("\($0.rawValue)(", label: $0.rawValue, .function, Self.firstSentence($0.documentation))
        }
    }

    var parameters: [Completion.Candidate] {
        names.notebook.parameters.map { Completion.Candidate($0.name, .parameter, "a parameter, \($0.value.code)") }
    }

    static func firstSentence(_ text: String) -> String {
        text.firstRange(of: ". ").map { String(text[..<$0.lowerBound]) + "." } ?? text
    }

    /// The name as it must be written.
    static func code(_ name: String) -> String { Name(name, SourceSpan(0, 0)).code }
}

extension Keyword {
    fileprivate var documentation: String {
        switch self {
        case .param: "a value that can be given from outside"
        case .let: "a pipeline with a name, computed where it is used"
        case .indicator: "a function of series, defined in the language"
        case .use: "a plugin"
        case .table: "a pipeline whose rows are stored, by version"
        case .assert: "what must hold of a table"
        case .model: "rows, a target, features and how to fit"
        case .show: "a pipeline whose rows are shown"
        case .plot: "a pipeline whose rows are drawn"
        case .serve: "a model over HTTP"
        case .and, .or, .not, .in, .true, .false, .null: ""
        }
    }
}

extension CompletionPlace {
    /// The verbs of the pipeline at the cursor, in order.
    fileprivate var verbsBefore: [String] {
        let tokens = level.tokens
        return tokens.indices.compactMap { index in
            index > 0 && tokens[index - 1].kind == .symbol(.pipe) ? tokens[index].kind.name : nil
        }
    }
}
