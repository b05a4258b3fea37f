/// All names that a completion may offer, gathered beforehand: nothing is read or checked for a Tab but the line itself.
package struct CompletionNames: Sendable {
    /// A command of the prompt: `:run CELL|all|stale`.
    package struct Command: Sendable {
        package enum Argument: Sendable {
            /// The name of a cell, or one of these words.
            case cell(orWords: [String])
            case table
            /// A version of the table before it.
            case version
            case parameter
            /// What help knows: functions, verbs, commands.
            case topic
            case file
            case word([String])
        }

        /// With its colon.
        package let name: String
        package let documentation: String
        package let arguments: [Argument]

        package init(_ name: String, _ documentation: String, _ arguments: [Argument] = []) {
            self.name = name
            self.documentation = documentation
            self.arguments = arguments
        }
    }

    /// Those of the notebook.
    package var notebook: NotebookNames
    /// The tables, models and plugins of the workspace.
    package var catalog: InMemoryCatalog
    package var cells: [String]
    package var commands: [Command]
    /// The versions of a table, newest first.
    package var versions: @Sendable (String) -> [Int]
    /// Paths that begin with what is given; folders end with `/`.
    package var files: @Sendable (String) -> [String]

    package init(
        notebook: NotebookNames, catalog: InMemoryCatalog = InMemoryCatalog(), cells: [String] = [], commands: [Command] = [],
        versions: @escaping @Sendable (String) -> [Int] = { _ in [] }, files: @escaping @Sendable (String) -> [String] = { _ in [] }
    ) {
        self.notebook = notebook
        self.catalog = catalog
        self.cells = cells
        self.commands = commands
        self.versions = versions
        self.files = files
    }
}

extension CompletionNames {
    /// A table with a mistake is one; what a statement would have made that can't be read may be anything.
    var tableNames: [String] {
        let own = notebook.tables.filter { name, shape in
            shape != nil || !name.hasSuffix(TableName.rejectsSuffix) && !notebook.models.contains(name)
        }
        return Set(own.keys).union(catalog.tableNames).sorted()
    }

    var modelNames: [String] { Set(notebook.models).union(catalog.modelNames).sorted() }
    var bindingNames: [String] { notebook.bindings.keys.sorted() }

    func shape(ofTable name: String) -> TableShape? {
        if let known = notebook.tables[name] { return known }
        return catalog.shape(ofTable: name)
    }
}
