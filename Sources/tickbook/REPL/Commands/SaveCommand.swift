import Language
import Runtime

extension ColonCommand {
    static let save = ColonCommand(
        name: "save", arguments: "[FILE]", summary: "writes changed and new cells into the notebook", count: 0...1, completion: [.file]
    ) { words, shell in
        let (path, cells) = try shell.session.save(as: words.first)
        Terminal.note("\(path) saved\(cells.isEmpty ? "" : ": \(cells.joined(separator: ", "))")")
    }
}
