import Columnar
import Language
import Runtime

/// All that help knows: commands, the language, and what the session defines.
struct HelpIndex {
    private let shell: Shell
    private let topics: [HelpTopic]

    init(_ shell: Shell) {
        self.shell = shell
        topics =
            Self.commands + LanguageHelp.statements + Self.verbs + LanguageHelp.modelVerbs + LanguageHelp.sources
            + Self.functions(Wiring.functions) + LanguageHelp.conditions + Self.aggregates + LanguageHelp.models
    }

    /// Several where a name has several meanings.
    func topics(named name: String) -> [HelpTopic] {
        // `fit(logistic)` and `sma(close, 7)` mean the name before the bracket.
        let bare = String(name.prefix { $0 != "(" })
        let known = topics.filter { $0.name == name || $0.name == bare }
        return known.isEmpty ? (topics.filter { $0.name == ":" + bare } + defined(bare)) : known
    }

    func suggestion(for name: String) -> String {
        let names = topics.map(\.name)
        let nearest = NearestName.of(name, among: names) ?? NearestName.of(":" + name, among: names)
        return "the name of a function, verb, statement, table or command" + (nearest.map { " (did you mean '\($0)'?)" } ?? "")
    }

    // MARK: What the session defines

    private func defined(_ name: String) -> [HelpTopic] {
        let notebook = shell.session.state.notebook
        let statements = Parser.parse(notebook.notebook).0.cells.flatMap { cell in
            cell.statements.filter { $0.definedName == name }.map { (place: "cell '\(cell.name)'", code: notebook.text.part($0.span)) }
        }
        let typed = shell.session.state.inputs.filter { $0.definedName == name }.map { (place: "typed", code: $0.text) }
        let columns = shell.session.shape(ofTable: name).map { shape in
            HelpTopic(
                name: name, kind: "a stored table", form: name,
                text: shape.columns.map { "\($0.name): \($0.type.rawValue)" }.joined(separator: ", ")
                    + (shape.key.map { "\nkey(\($0.columns.joined(separator: ", ")))" } ?? ""))
        }
        return (statements + typed).map { HelpTopic(name: name, kind: $0.place, form: $0.code, text: "") }
            + (columns.map { [$0] } ?? []) + pluginFunctions(name)
    }

    private func pluginFunctions(_ name: String) -> [HelpTopic] {
        guard let names = shell.session.knownCheck?.loaded.names else { return [] }
        let models = names.modelFunctions.filter { $0.name == name }.map {
            HelpTopic(name: name, kind: "a kind of model, of a plugin", form: "fit(\($0.form))", text: $0.documentation)
        }
        return models + (names.functions.series(name).map { [Self.topic($0)] } ?? [])
    }

    // MARK: The language

    private static var commands: [HelpTopic] {
        ColonCommand.all.map { HelpTopic(name: ":" + $0.name, kind: "a command", form: $0.form, text: sentence($0.summary)) }
    }

    private static var verbs: [HelpTopic] {
        Verb.all.map { HelpTopic(name: $0.name, kind: "a verb", form: "| \($0.form)", text: $0.documentation) }
            + ChartVerb.all.map {
                HelpTopic(name: $0.name, kind: "a chart, at the end of plot", form: "plot … | \($0.form)", text: $0.documentation)
            }
    }

    private static func functions(_ library: FunctionLibrary) -> [HelpTopic] {
        let scalars = ScalarFunction.allCases.map { function in
            HelpTopic(
                name: function.rawValue, kind: function.isCallable ? "a function of a row" : "an operator", form: function.signature.form,
                text: "\(function.signature.documentation)\nTakes \(function.signature.accepts).")
        }
        return scalars + library.names.compactMap { library.series($0).map(topic) }
    }

    private static func topic(_ function: SeriesFunction) -> HelpTopic {
        let parameters = function.parameters.map { parameter in
            parameter.defaultValue.map { "\(parameter.name) = \($0)" } ?? parameter.name
        }
        let form = "\(function.name)(\((function.inputs.map(\.name) + parameters).joined(separator: ", ")))"
        let outputs =
            function.outputs.isEmpty ? "" : "\nResults: \(function.outputs.map { "\(function.name)(…).\($0)" }.joined(separator: ", "))"
        return HelpTopic(name: function.name, kind: "a function of series", form: form, text: function.documentation + outputs)
    }

    private static var aggregates: [HelpTopic] {
        AggregateFunction.allCases.map { function in
            HelpTopic(
                name: function.rawValue, kind: "a function of a group, in summarize",
                form: "\(function.rawValue)(\(function == .count ? "" : "x"))",
                text: function.documentation)
        }
    }

    private static func sentence(_ words: String) -> String { words.prefix(1).uppercased() + words.dropFirst() + "." }
}
