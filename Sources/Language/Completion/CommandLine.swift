/// A command of the prompt as far as it is typed: `:at raw.stocks 1`.
struct CommandLine {
    /// What stands before the word at the cursor, the command first.
    let words: [String]
    let word: String
    let wordStart: Int

    /// Nil where the text is no command.
    init?(_ text: String) {
        guard text.first(where: { !$0.isWhitespace }) == ":" else { return nil }
        let word = text.reversed().prefix { !$0.isWhitespace }.reversed()
        self.word = String(word)
        wordStart = text.utf8.count - self.word.utf8.count
        words = text.dropLast(word.count).split(whereSeparator: \.isWhitespace).map(String.init)
    }
}

extension Completer {
    func command(_ line: CommandLine) -> Completion? {
        guard let name = line.words.first else {
            let commands = names.commands.map { command in
                Completion.Candidate(
                    command.arguments.isEmpty ? command.name : command.name + " ", label: command.name, .command, command.documentation)
            }
            return completion(commands, typed: line.word, from: line.wordStart)
        }
        guard let command = names.commands.first(where: { $0.name == name }), line.words.count - 1 < command.arguments.count else {
            return nil
        }
        return completion(candidates(for: command.arguments[line.words.count - 1], line), typed: line.word, from: line.wordStart)
    }

    private func candidates(for argument: CompletionNames.Command.Argument, _ line: CommandLine) -> [Completion.Candidate] {
        switch argument {
        case .cell(let words):
            names.cells.map { Completion.Candidate($0, .cell, "a cell") } + words.map { Completion.Candidate($0, .value) }
        case .table: names.tableNames.map { Completion.Candidate($0, .table) }
        case .version: names.versions(line.words.last ?? "").map { Completion.Candidate("\($0)", .version) }
        case .parameter: names.notebook.parameters.map { Completion.Candidate($0.name, .parameter, $0.value.code) }
        case .topic: topics
        case .file: names.files(line.word).map { Completion.Candidate($0, .file) }
        case .word(let words): words.map { Completion.Candidate($0, .value) }
        }
    }

    private var topics: [Completion.Candidate] {
        let calls = functions + aggregates
        let words = calls.map { Completion.Candidate($0.label, .function, $0.description) }
        let verbs = Verb.all.map { Completion.Candidate($0.name, .verb, $0.form) } + Verb.ofModels.map { Completion.Candidate($0, .verb) }
        return words + verbs + names.commands.map { Completion.Candidate($0.name, .command, $0.documentation) }
    }
}
