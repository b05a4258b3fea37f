import DeltaTable
import Runtime

extension ColonCommand {
    static let tables = ColonCommand(name: "tables", arguments: "", summary: "the workspace's tables", count: 0...0) { _, shell in
        try TableListCommand.print(shell.session.context.tables)
    }
}
