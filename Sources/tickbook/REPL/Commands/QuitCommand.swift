extension ColonCommand {
    static let quit = ColonCommand(name: "quit", arguments: "", summary: "leaves, as Ctrl-D does", count: 0...0) { _, shell in shell.leave()
    }
}
