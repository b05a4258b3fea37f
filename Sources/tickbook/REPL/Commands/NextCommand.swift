import Runtime

extension ColonCommand {
    static let next = ColonCommand(name: "next", arguments: "", summary: "runs the next cell", count: 0...0) { _, shell in
        try shell.session.runNext()
    }
}
