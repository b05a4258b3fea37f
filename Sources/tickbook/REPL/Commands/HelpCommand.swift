import Language

extension ColonCommand {
    static let help = ColonCommand(
        name: "help", arguments: "[NAME]", summary: "this overview; or a function, verb, statement or command", count: 0...1,
        completion: [.topic]
    ) { words, shell in
        let width = min(Terminal.width, 80)
        guard let name = words.first else { return Terminal.print(HelpOverview(width: width).text) }
        let index = HelpIndex(shell)
        let topics = index.topics(named: name)
        guard !topics.isEmpty else { throw WrongArgument(expected: index.suggestion(for: name), found: name) }
        Terminal.print(topics.map { $0.text(width: width) }.joined(separator: "\n\n"))
    }
}
