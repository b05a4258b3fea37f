package import Columnar
import DeltaTable
import Engine
package import Language
import Learning
import Planner
import PluginHost
import Synchronization

/// The workspace's tables and files, as the checker asks for them.
package struct WorkspaceCatalog: Catalog {
    private let context: RunContext

    package init(context: RunContext) { self.context = context }

    package func shape(ofTable name: String) -> TableShape? {
        guard TableCatalog.isTableName(name) else { return nil }
        do {
            return try context.snapshots.newest(name)?.shape
        } catch {
            context.unreadableTables.withLock { $0[name] = error }
            return nil
        }
    }

    package var tableNames: [String] { (try? context.workspace.tables.names()) ?? [] }

    package var modelNames: [String] { (try? context.workspace.models.list().map(\.name)) ?? [] }

    package var pluginNames: [String] { context.workspace.plugins.names }

    package func contents(ofPlugin name: String) throws(PluginRefusal) -> PluginContents {
        do throws(PluginFault) {
            return try context.workspace.plugins.contents(of: name)
        } catch {
            throw PluginRefusal(reason: error.reason, remedy: error.remedy)
        }
    }

    package func schema(ofFiles glob: String, format: FileSource.Format, options: CSVOptions) throws(SourceFault) -> Schema {
        let files = try SourceFiles(workspace: context.workspace).matching(glob)
        if let known = ingestedSchema(files, options) { return known }
        return try SourceSchema(provider: context.provider).infer(files, format: format, options: options)
    }

    /// The columns some table recorded when it ingested just these files in just this way; then no engine is needed to look again.
    private func ingestedSchema(_ files: [SourceFile], _ options: CSVOptions) -> Schema? {
        for name in tableNames {
            guard let record = (try? context.snapshots.newest(name))?.lastCommit.record, let schema = record.sourceSchema,
                record.sourceOptions == options.description
            else { continue }
            let ingested = Dictionary(record.ingestedFiles.map { ($0.path, $0) }, uniquingKeysWith: { _, last in last })
            if files.allSatisfy({ file in ingested[file.path].map(file.looksLike) ?? false }) { return schema }
        }
        return nil
    }
}
