import DeltaTable
import Foundation
import Language
import Learning
import PluginHost
import Runtime

/// What a Tab offers: names of the session's check, which is made once for each text, and what the workspace holds.
final class SessionCompletion {
    weak var shell: Shell?

    func complete(_ text: String, _ cursor: Int) -> Completion? {
        guard let shell else { return nil }
        return Completer(names(shell)).complete(text, at: cursor)
    }

    private func names(_ shell: Shell) -> CompletionNames {
        let session = shell.session
        let tables = session.context.tables
        var catalog = InMemoryCatalog(modelNames: (try? shell.workspace.models.list().map(\.name)) ?? [])
        catalog.schemaOfFiles = session.schemaOfFiles
        catalog.plugins = Dictionary(uniqueKeysWithValues: shell.workspace.plugins.names.map { ($0, PluginContents()) })
        for name in (try? tables.names()) ?? [] { catalog.tables[name] = session.shape(ofTable: name) }
        return CompletionNames(
            notebook: (try? session.check())?.loaded.names ?? NotebookNames(functions: Wiring.functions), catalog: catalog,
            cells: session.state.notebook.cellNames, commands: ColonCommand.all.map(\.asCompletion),
            versions: { name in ((try? tables.table(name).history(limit: 50)) ?? []).map(\.version) },
            files: PathCompletion(root: shell.workspace.root).paths)
    }
}

extension ColonCommand {
    fileprivate var asCompletion: CompletionNames.Command { CompletionNames.Command(":\(name)", summary, completion) }
}

/// Paths below the workspace, as a notebook writes them.
private struct PathCompletion {
    let root: String

    @Sendable func paths(_ typed: String) -> [String] {
        let folder = typed.lastIndex(of: "/").map { String(typed[...$0]) } ?? ""
        let path = folder.hasPrefix("/") ? folder : root + "/" + folder
        let entries = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
        let shown = entries.filter { $0.hasPrefix(String(typed.dropFirst(folder.count))) && !$0.hasPrefix(".") }
        return shown.map { entry in
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: path + entry, isDirectory: &isFolder)
            return folder + entry + (isFolder.boolValue ? "/" : "")
        }
    }
}
