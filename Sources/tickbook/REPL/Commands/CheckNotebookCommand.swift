import Runtime

extension ColonCommand {
    static let check = ColonCommand(name: "check", arguments: "", summary: "all mistakes of the notebook", count: 0...0) { _, shell in
        guard !shell.session.state.notebook.text.isEmpty else { throw SessionFault.noCells }
        try shell.session.checkNotebook()
        Terminal.note("No mistakes.")
    }
}
