package import Columnar

/// What the checker asks of the world: the tables and files there are.
package protocol Catalog {
    /// The last committed shape of a table; nil when there is none.
    func shape(ofTable name: String) -> TableShape?
    var tableNames: [String] { get }
    /// The columns of the files of a glob.
    func schema(ofFiles glob: String, format: FileSource.Format, options: CSVOptions) throws(SourceFault) -> Schema
    var modelNames: [String] { get }
    /// The plugins that notebooks may use.
    var pluginNames: [String] { get }
    /// What a plugin brings into a notebook that uses it.
    func contents(ofPlugin name: String) throws(PluginRefusal) -> PluginContents
}

extension Catalog {
    package var pluginNames: [String] { [] }

    package func contents(ofPlugin name: String) throws(PluginRefusal) -> PluginContents { PluginContents() }
}

/// What a plugin brings into a notebook.
package struct PluginContents: Sendable {
    /// Its `.tick` files, in the order in which they define indicators.
    package var indicatorFiles: [IndicatorFile]
    /// The functions of its native code.
    package var functions: [SeriesFunction]
    /// The kinds of model of its native code.
    package var models: [ModelFunction]

    package init(indicatorFiles: [IndicatorFile] = [], functions: [SeriesFunction] = [], models: [ModelFunction] = []) {
        self.indicatorFiles = indicatorFiles
        self.functions = functions
        self.models = models
    }
}

/// Why a plugin that is there can't be used.
package struct PluginRefusal: Error, Hashable {
    package let reason: String
    package let remedy: String

    package init(reason: String, remedy: String) {
        self.reason = reason
        self.remedy = remedy
    }
}

/// Why files cannot be read, as data for a diagnostic at the source's place.
package enum SourceFault: Error, Hashable {
    case noFiles(glob: String, folder: String)
    case emptyFile(path: String)
    case unreadable(path: String, reason: String, remedy: String)
    case missingColumn(path: String, column: String, found: [String])
    case engineUnavailable(reason: String, remedy: String)
}

/// A catalog in memory.
package struct InMemoryCatalog: Catalog {
    package var tables: [String: TableShape]
    package var files: [String: Schema]
    /// Asked for files that are not among `files`.
    package var schemaOfFiles: (@Sendable (String, FileSource.Format, CSVOptions) throws(SourceFault) -> Schema)?
    package var modelNames: [String]
    package var plugins: [String: PluginContents]

    package init(
        tables: [String: TableShape] = [:], files: [String: Schema] = [:], modelNames: [String] = [],
        plugins: [String: PluginContents] = [:]
    ) {
        self.tables = tables
        self.files = files
        self.modelNames = modelNames
        self.plugins = plugins
    }

    package var tableNames: [String] { tables.keys.sorted() }

    package var pluginNames: [String] { plugins.keys.sorted() }

    package func contents(ofPlugin name: String) throws(PluginRefusal) -> PluginContents { plugins[name] ?? PluginContents() }

    package func shape(ofTable name: String) -> TableShape? { tables[name] }

    package func schema(ofFiles glob: String, format: FileSource.Format, options: CSVOptions) throws(SourceFault) -> Schema {
        if let schema = files[glob] { return schema }
        guard let schemaOfFiles else { throw .noFiles(glob: glob, folder: ".") }
        return try schemaOfFiles(glob, format, options)
    }
}
