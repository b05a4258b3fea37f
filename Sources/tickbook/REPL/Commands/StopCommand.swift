import Runtime

extension ColonCommand {
    static let stop = ColonCommand(
        name: "stop", arguments: "[MODEL|PORT]", summary: "ends prediction servers that the session started", count: 0...1
    ) { words, shell in
        let running = shell.servers.running
        guard !running.isEmpty else { return Terminal.note("No server is running.") }
        let chosen = running.filter { server in words.first.map { $0 == server.model || $0 == "\(server.port)" } ?? true }
        guard !chosen.isEmpty else {
            throw WrongArgument(expected: "one of \(running.map(\.model).joined(separator: ", "))", found: words[0])
        }
        for server in chosen {
            Terminal.note("\(server.model) no longer answers on \(server.address)\(shell.servers.stop(server))")
        }
    }
}
