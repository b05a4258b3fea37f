import Language
import Runtime

/// A workspace opened by one command.
struct Session {
    let provider: EngineProvider
    let context: RunContext
    let catalog: WorkspaceCatalog
    /// From the beginning, since a check may read files for a while.
    let interrupts: Interrupts

    init(workspace: Workspace, notebook: String = "") throws {
        provider = Wiring.engine(for: workspace)
        context = Wiring.context(for: workspace, provider, notebook: notebook)
        catalog = WorkspaceCatalog(context: context)
        interrupts = Interrupts(cancelling: provider)
    }

    /// A notebook read and checked; a file that can't be read ends the command.
    func load(_ path: String, overrides: [String: String] = [:]) throws -> LoadedNotebook {
        try FaultText.reporting {
            let loaded = try LoadedNotebook.load(path, catalog: catalog, functions: Wiring.functions, overrides: overrides)
            // What an interrupted check found is not what is there.
            try provider.checkCancellation()
            try context.checkLogs(for: loaded.diagnostics)
            return loaded
        }
    }

    /// A pipeline or a show or plot statement given on the command line, as a notebook of one cell.
    func load(query text: String) throws -> (LoadedNotebook, CheckedStatement) {
        let loaded = LoadedNotebook.check(pipeline: text, catalog: catalog, functions: Wiring.functions)
        try FaultText.reporting {
            try provider.checkCancellation()
            try context.checkLogs(for: loaded.diagnostics)
        }
        guard loaded.diagnostics.isEmpty else {
            FaultText.print(loaded.diagnostics, loaded)
            throw FaultText.wrongNotebook
        }
        guard loaded.tree.cells.flatMap(\.statements).count == 1, let statement = loaded.checked.statements.first else {
            throw ValidationErrorText.onePipeline
        }
        return (loaded, statement)
    }
}
