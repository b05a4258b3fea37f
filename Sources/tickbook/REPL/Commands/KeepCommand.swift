import Runtime

extension ColonCommand {
    static let keep = ColonCommand(
        name: "keep", arguments: "[NAME]", summary: "makes a cell of the definitions typed so far", count: 0...1
    ) { words, shell in
        try shell.session.apply(.keep(name: words.first))
    }
}
