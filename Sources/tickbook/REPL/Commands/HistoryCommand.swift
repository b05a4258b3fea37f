import DeltaTable
import Language
import Runtime

extension ColonCommand {
    static let history = ColonCommand(
        name: "history", arguments: "TABLE", summary: "a table's versions, the newest first", count: 1...1, completion: [.table]
    ) { words, shell in
        try shell.checkTable(words[0])
        try TableHistoryCommand.print(words[0], in: shell.session.context.tables, limit: 20)
    }
}

extension Shell {
    func checkTable(_ name: String) throws {
        let tables = session.context.tables
        guard tables.exists(name) else { throw CommandFault.unknownTable(name, known: try tables.names()) }
    }
}
