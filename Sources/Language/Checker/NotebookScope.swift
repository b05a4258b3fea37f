/// The tables and lets of a notebook, as seen from one place in it.
final class NotebookScope {
    enum Lookup {
        case known(TableShape)
        /// Defined, but wrongly; that is reported already.
        case broken
        case later(cell: String)
        case unknown
    }

    private(set) var tables: [String: TableShape?] = [:]
    private(set) var bindings: [String: CheckedPipeline?] = [:]
    private var models: Set<String> = []
    /// Tables and lets that depend on themselves, which is reported already.
    private var circular: Set<String> = []
    /// The cell of every table and let of the whole notebook.
    private let definingCells: [String: String]

    init(definingCells: [String: String]) { self.definingCells = definingCells }

    func define(table name: String, _ shape: TableShape?) { tables.updateValue(shape, forKey: name) }
    func define(binding name: String, _ pipeline: CheckedPipeline?) { bindings.updateValue(pipeline, forKey: name) }
    /// A statement that did not parse; what it would have named is not reported as unknown.
    func define(broken name: String) {
        tables.updateValue(nil, forKey: name)
        models.insert(name)
    }
    func define(circular names: [String]) { circular.formUnion(names) }
    func define(model name: String) { models.insert(name) }

    func hasTable(_ name: String) -> Bool { tables[name] != nil }
    func hasBinding(_ name: String) -> Bool { bindings[name] != nil }
    func hasModel(_ name: String) -> Bool { models.contains(name) }
    var tableNames: [String] { tables.keys.sorted() }
    var modelNames: [String] { models.sorted() }

    /// Nil when there is no let of this name; a nil inside when it is broken.
    func use(binding name: String) -> CheckedPipeline?? { bindings[name] }

    func table(_ name: String) -> Lookup {
        if let known = tables[name] { return known.map(Lookup.known) ?? .broken }
        if circular.contains(name) { return .broken }
        if let cell = definingCells[name] { return .later(cell: cell) }
        return .unknown
    }

    func names(with catalog: any Catalog) -> [String] {
        Set(tables.filter { $0.value != nil || !$0.key.hasSuffix(TableName.rejectsSuffix) }.keys).union(bindings.keys).union(
            catalog.tableNames
        ).sorted()
    }
}
