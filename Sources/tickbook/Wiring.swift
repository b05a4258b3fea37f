import DuckDBEngine
import Foundation
import Indicators
import Language
import Runtime

/// The one place that says which engine and which functions there are.
enum Wiring {
    static let functions = FunctionLibrary(BuiltinIndicators.all.map(\.function))

    static func engine(for workspace: Workspace) -> EngineProvider {
        EngineProvider {
            let library = try DuckDBLibrary.open(searchFolders: searchFolders(workspace))
            var settings = DuckDBEngine.Settings()
            settings.temporaryFolder = workspace.temporaryPath
            return EngineProvider.Opened(engine: try DuckDBEngine(library: library, settings: settings), dialect: DuckDBDialect())
        }
    }

    /// What notebooks run with, from the command line as in a session.
    static func context(for workspace: Workspace, _ provider: EngineProvider, notebook: String) -> RunContext {
        RunContext(
            workspace: workspace, provider: provider, notebook: notebook,
            chartRenderer: ChartRenderer(searchFolders: searchFolders(workspace))
        ) { Terminal.note($0) }
    }

    /// The workspace, the current folder, and the folders above the program: of a built checkout, its root.
    static func searchFolders(_ workspace: Workspace) -> [String] {
        var folders = [workspace.root, FileManager.default.currentDirectoryPath]
        var folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        while folder.path != "/" {
            folders.append(folder.path)
            folder.deleteLastPathComponent()
        }
        var seen: Set<String> = []
        return folders.filter { seen.insert($0).inserted }
    }
}
