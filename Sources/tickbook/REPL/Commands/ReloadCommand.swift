import Language
import Runtime

extension ColonCommand {
    static let reload = ColonCommand(
        name: "reload", arguments: "[discard]", summary: "reads the notebook's file again; discard gives up unsaved changes", count: 0...1,
        completion: [.word(["discard"])]
    ) { words, shell in
        if let word = words.first, word != "discard" {
            throw WrongArgument(expected: "nothing or 'discard'", found: word)
        }
        shell.show(try shell.session.reload(discarding: !words.isEmpty))
    }
}
