import Language
import Runtime

extension ColonCommand {
    static let run = ColonCommand(
        name: "run", arguments: "CELL…|all|stale", summary: "runs cells, with what they depend on as far as that is out of date",
        count: 1...100, completion: [.cell(orWords: ["all", "stale"])]
    ) { words, shell in
        let names = shell.session.state.notebook.cellNames
        // A cell may be called so.
        switch words {
        case ["all"] where !names.contains("all"): try shell.session.run(.all)
        case ["stale"] where !names.contains("stale"): try shell.session.run(.stale)
        default: try shell.session.run(.cells(words))
        }
    }
}
