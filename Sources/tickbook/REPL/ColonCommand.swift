import Language

/// A command of the session: how it is written, what it is for, what it does.
struct ColonCommand: Sendable {
    let name: String
    /// What follows the name: `CELL|all|stale`.
    let arguments: String
    let summary: String
    /// How many words may follow; nil where all that follows is one text.
    var count: ClosedRange<Int>?
    var completion: [CompletionNames.Command.Argument] = []
    let perform: @Sendable (_ words: [String], _ shell: Shell) throws -> Void

    static let all: [ColonCommand] = [
        .cells, .next, .run, .goto, .show, .edit, .new, .keep, .save, .reload, .check, .plan,
        .tables, .history, .at, .models, .params, .stop, .help, .quit,
    ]

    /// `:run CELL|all|stale`
    var form: String { ":\(name)" + (arguments.isEmpty ? "" : " \(arguments)") }

    /// A command that is not one, or not written so.
    enum Misuse: Error, CustomStringConvertible {
        case unknown(String)
        case count(ColonCommand, found: Int)
        case argument(ColonCommand, WrongArgument)

        var description: String {
            switch self {
            case .unknown(let name):
                "There is no command ':\(name)'"
                    + (NearestName.of(name, among: ColonCommand.all.map(\.name)).map { "; did you mean ':\($0)'?" } ?? ";")
                    + " :help lists them."
            case .count(let command, let found):
                "':\(command.name)' is written \(command.form); found \(found == 0 ? "nothing" : "\(found) word\(found == 1 ? "" : "s")") behind it."
            case .argument(let command, let wrong):
                "':\(command.name)' is written \(command.form) and expects \(wrong.expected); found '\(wrong.found)'."
            }
        }
    }

    /// What a command finds among its words and can't take; `run` says of which command.
    struct WrongArgument: Error {
        let expected: String
        let found: String
    }

    static func run(_ line: String, in shell: Shell) throws {
        let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
        let name = words.first.map { String($0.dropFirst()) } ?? ""
        guard let command = all.first(where: { $0.name == name }) else { throw Misuse.unknown(name) }
        guard command.count?.contains(words.count - 1) ?? true else { throw Misuse.count(command, found: words.count - 1) }
        do {
            try command.perform(Array(words.dropFirst()), shell)
        } catch let wrong as WrongArgument {
            throw Misuse.argument(command, wrong)
        }
    }
}
