import Language
import Runtime

extension ColonCommand {
    static let at = ColonCommand(
        name: "at", arguments: "TABLE VERSION [| VERB…]", summary: "a table's rows as they were at a version",
        wordsBeforeText: 2, completion: [.table, .version]
    ) { words, shell in
        guard words.count >= 2 else { throw WrongArgument(expected: "a table and a version", found: words.joined(separator: " ")) }
        try shell.checkTable(words[0])
        let number = words[1].first == "v" ? words[1].dropFirst() : words[1][...]
        guard let version = Int(number), version >= 0 else { throw WrongArgument(expected: "a version, 3 or v3", found: words[1]) }
        let rest = words.dropFirst(2)
        guard rest.first.map({ $0.hasPrefix("|") }) ?? true else {
            throw WrongArgument(expected: "'|' and a verb behind the version", found: rest.joined(separator: " "))
        }
        try shell.session.rows(of: ([words[0]] + rest).joined(separator: " "), atVersion: version).print()
    }
}
