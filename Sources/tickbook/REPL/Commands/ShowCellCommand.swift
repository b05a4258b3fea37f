import Language
import Runtime

extension ColonCommand {
    static let show = ColonCommand(
        name: "show", arguments: "[CELL]", summary: "a cell's code and how it stands", count: 0...1, completion: [.cell(orWords: [])]
    ) { words, shell in
        let state = shell.session.state
        let name = try words.first ?? shell.currentCell()
        guard let code = state.notebook.code(of: name) else { throw SessionFault.unknownCell(name, known: state.notebook.cellNames) }
        let standing = shell.session.survey(try shell.session.check(afresh: true)).first { $0.name == name }?.standing
        Terminal.note("\(name): \(standing.map { "\($0)" } ?? "")")
        var text = code
        while text.last?.isNewline == true { text.removeLast() }
        Terminal.print(text)
    }
}

extension Shell {
    /// The cell that ran last, or the one to come.
    func currentCell() throws -> String {
        let state = session.state
        guard let name = state.position ?? state.nextCell else { throw SessionFault.noCells }
        return name
    }
}
