import Runtime

extension ColonCommand {
    static let new = ColonCommand(
        name: "new", arguments: "NAME", summary: "writes a new cell in $EDITOR, behind the one that ran last", count: 1...1
    ) { words, shell in
        let state = shell.session.state
        guard !state.notebook.cellNames.contains(words[0]) else { throw SessionFault.cellExists(words[0]) }
        guard let code = try TextEditor(shell.files).edit("", named: words[0]), !code.isBlank else {
            return Terminal.note("nothing was written, so there is no new cell")
        }
        let consequence = try shell.session.consequence {
            try shell.session.apply(.add(cell: words[0], code: code, behind: state.position))
        }
        shell.show(consequence, of: "\(words[0]) is new")
    }
}
