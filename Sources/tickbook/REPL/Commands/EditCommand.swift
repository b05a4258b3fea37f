import Language
import Runtime

extension ColonCommand {
    static let edit = ColonCommand(
        name: "edit", arguments: "[CELL]", summary: "opens a cell in $EDITOR, then checks it", count: 0...1,
        completion: [.cell(orWords: [])]
    ) { words, shell in
        let state = shell.session.state
        let name = try words.first ?? shell.currentCell()
        guard let code = state.notebook.code(of: name) else { throw SessionFault.unknownCell(name, known: state.notebook.cellNames) }
        guard let edited = try TextEditor(shell.files).edit(code, named: name), edited != code else {
            return Terminal.note("\(name) is as it was")
        }
        let consequence = try shell.session.consequence { try shell.session.apply(.edit(cell: name, code: edited)) }
        shell.show(consequence, of: "\(name) changed")
    }
}
