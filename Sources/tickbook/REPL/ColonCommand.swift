import Language

/// A command of the session: how it is written, what it is for, what it does.
struct ColonCommand: Sendable {
    let name: String
    /// What follows the name: `CELL|all|stale`.
    let arguments: String
    let summary: String
    /// How many words may follow; nil where all that follows is one text.
    var count: ClosedRange<Int>?
    /// How many words are split off before that text.
    var wordsBeforeText = Int.max
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
        case openQuote(ColonCommand)

        var description: String {
            switch self {
            case .unknown(let name):
                "There is no command ':\(name)'"
                    + (NearestName.of(name, among: ColonCommand.all.map(\.name)).map { "; did you mean ':\($0)'?" } ?? ";")
                    + " :help lists them."
            case .count(let command, let found):
                "':\(command.name)' is written \(command.form); found \(found == 0 ? "nothing" : "\(found) word\(found == 1 ? "" : "s")") behind it."
            case .openQuote(let command): "A text in quotes is not closed; ':\(command.name)' is written \(command.form)."
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
        var rest = line.drop(while: \.isWhitespace).dropFirst()
        let name = String(rest.prefix { !$0.isWhitespace })
        rest = rest.dropFirst(name.count)
        guard let command = all.first(where: { $0.name == name }) else { throw Misuse.unknown(name) }
        guard let words = words(of: rest, upTo: command.wordsBeforeText) else { throw Misuse.openQuote(command) }
        guard command.count?.contains(words.count) ?? true else { throw Misuse.count(command, found: words.count) }
        do {
            try command.perform(words, shell)
        } catch let wrong as WrongArgument {
            throw Misuse.argument(command, wrong)
        }
    }

    /// Words between blanks, or in quotes; behind so many of them, all that is left as it was typed. Nil where a quote is not closed.
    private static func words(of line: Substring, upTo count: Int) -> [String]? {
        var words: [String] = []
        var rest = line.drop(while: \.isWhitespace)
        while !rest.isEmpty {
            guard words.count < count else { return words + [String(rest)] }
            let isQuoted = rest.first == "\""
            if isQuoted { rest = rest.dropFirst() }
            let found = rest.firstIndex { isQuoted ? $0 == "\"" : $0.isWhitespace }
            guard let end = found ?? (isQuoted ? nil : rest.endIndex) else { return nil }
            words.append(String(rest[..<end]))
            rest = rest[end...].dropFirst(isQuoted ? 1 : 0).drop(while: \.isWhitespace)
        }
        return words
    }
}
