import Language
import Runtime

extension ColonCommand {
    static let params = ColonCommand(
        name: "params", arguments: "[unset NAME]", summary: "parameters and their values; unset takes back what was typed", count: 0...2,
        completion: [.word(["unset"]), .parameter]
    ) { words, shell in
        guard let word = words.first else { return shell.printParameters() }
        guard word == "unset" else { throw WrongArgument(expected: "nothing or 'unset NAME'", found: word) }
        guard words.count == 2 else { throw WrongArgument(expected: "a parameter behind 'unset'", found: words.joined(separator: " ")) }
        try shell.session.apply(.unset(parameter: words[1]))
    }
}

extension Shell {
    fileprivate func printParameters() {
        let state = session.state
        var rows = state.parameters.map { parameter in
            let override = state.overrides[parameter.name]
            return [
                parameter.name, override?.text ?? parameter.code,
                override == nil ? "notebook" : "this session; notebook: \(parameter.code)",
            ]
        }
        rows += state.inputs.compactMap { input in
            input.typedParameter.map { [$0.name, $0.code, "typed"] }
        }
        guard !rows.isEmpty else { return Terminal.note("There are no parameters.") }
        TextColumns(["parameter", "value", "from"]).print(rows)
    }
}
