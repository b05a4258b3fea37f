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
    /// The `.tick` files of a plugin, in the order in which they define indicators; none for one of functions alone.
    func indicatorFiles(ofPlugin name: String) -> [IndicatorFile]
}

extension Catalog {
    package var pluginNames: [String] { [] }

    package func indicatorFiles(ofPlugin name: String) -> [IndicatorFile] { [] }
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
    package var modelNames: [String]
    package var plugins: [String: [IndicatorFile]]

    package init(
        tables: [String: TableShape] = [:], files: [String: Schema] = [:], modelNames: [String] = [],
        plugins: [String: [IndicatorFile]] = [:]
    ) {
        self.tables = tables
        self.files = files
        self.modelNames = modelNames
        self.plugins = plugins
    }

    package var tableNames: [String] { tables.keys.sorted() }

    package var pluginNames: [String] { plugins.keys.sorted() }

    package func indicatorFiles(ofPlugin name: String) -> [IndicatorFile] { plugins[name] ?? [] }

    package func shape(ofTable name: String) -> TableShape? { tables[name] }

    package func schema(ofFiles glob: String, format: FileSource.Format, options: CSVOptions) throws(SourceFault) -> Schema {
        guard let schema = files[glob] else { throw .noFiles(glob: glob, folder: ".") }
        return schema
    }
}
