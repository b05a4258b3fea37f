import Language
import Runtime

extension ColonCommand {
    static let goto = ColonCommand(
        name: "goto", arguments: "CELL", summary: "makes this cell the next one", count: 1...1, completion: [.cell(orWords: [])]
    ) { words, shell in
        try shell.session.apply(.move(to: words[0]))
        Terminal.note("next is \(words[0])")
    }
}
