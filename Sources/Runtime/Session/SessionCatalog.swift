import Columnar
import Language
import Synchronization

/// The workspace's catalog for a session that checks again and again: the columns of files are inferred once, until a file changes.
final class SessionCatalog: Catalog, Sendable {
    private struct Source: Hashable {
        let glob: String
        let format: FileSource.Format
        let options: CSVOptions
        /// Path, size and time of each file.
        let files: [String]
    }

    private let workspace: WorkspaceCatalog
    private let context: RunContext
    private let inferred = Mutex<[Source: Schema]>([:])

    init(context: RunContext) {
        self.context = context
        workspace = WorkspaceCatalog(context: context)
    }

    func shape(ofTable name: String) -> TableShape? { workspace.shape(ofTable: name) }
    var tableNames: [String] { workspace.tableNames }
    var modelNames: [String] { workspace.modelNames }
    var pluginNames: [String] { workspace.pluginNames }
    func contents(ofPlugin name: String) throws(PluginRefusal) -> PluginContents { try workspace.contents(ofPlugin: name) }

    func schema(ofFiles glob: String, format: FileSource.Format, options: CSVOptions) throws(SourceFault) -> Schema {
        let files = try SourceFiles(workspace: context.workspace).matching(glob).map { "\($0.path) \($0.byteCount) \($0.modified)" }
        let source = Source(glob: glob, format: format, options: options, files: files)
        if let known = inferred.withLock({ $0[source] }) { return known }
        let schema = try workspace.schema(ofFiles: glob, format: format, options: options)
        inferred.withLock { $0[source] = schema }
        return schema
    }
}
