package import Language

/// What a run of a notebook came to, ready to be written as one HTML page.
package struct NotebookReport {
    package enum Outcome: String, Sendable { case done, failed, interrupted, notRun }

    package var notebook: Notebook
    /// As given on the command line.
    package var path: String
    package var outcome: Outcome
    /// When the report was made, as people read it.
    package var made: String
    package var program: String
    /// Parameters and what they stood for.
    package var parameters: [(name: String, value: String)]
    /// By the cell's number in the notebook.
    package var cells: [ReportCell]

    package init(
        notebook: Notebook, path: String, outcome: Outcome, made: String, program: String, parameters: [(name: String, value: String)],
        cells: [ReportCell]
    ) {
        (self.notebook, self.path, self.outcome, self.made) = (notebook, path, outcome, made)
        (self.program, self.parameters, self.cells) = (program, parameters, cells)
    }
}

/// A cell's state and results.
package struct ReportCell {
    package enum State: String, Sendable {
        case made, upToDate, failed, notRun, stale
        /// It defines something, or only shows rows.
        case plain
    }

    package var state: State
    package var results: [ReportResult] = []

    package init(state: State = .plain) { self.state = state }
}

package enum ReportResult {
    /// What the next result comes from.
    case caption(ReportCaption)
    case table(ReportTable)
    case model(ReportModel)
    case rows(ReportRows)
    /// A picture as SVG, made by Tickbook's own renderer and trusted as such.
    case picture(svg: String, title: String)
    /// A chart as text.
    case drawing(String, title: String)
    case note(String)
    /// The whole message, as a terminal shows it.
    case fault(String)
}

/// The statement of rows or of a chart, and what it read.
package struct ReportCaption {
    /// On one line; nil where the cell shows this result alone.
    package var statement: String?
    /// What the list of versions calls the result, as `rows`.
    package var kind: String
    package var inputs: [(name: String, version: Int)]
    package var files: [String]

    package init(statement: String?, kind: String, inputs: [(name: String, version: Int)], files: [String]) {
        (self.statement, self.kind, self.inputs, self.files) = (statement, kind, inputs, files)
    }
}

/// A table that a statement keeps up to date.
package struct ReportTable {
    package var name: String
    package var version: Int
    /// What happened to it, as `1,234 rows`, `3 new files`.
    package var facts: [String]
    /// Versions read, by table.
    package var inputs: [(name: String, version: Int)]
    /// The files read, as the notebook names them.
    package var files: [String] = []
    package var columns: [(name: String, type: String)]
    package var key: String?
    /// Whether this run committed the version.
    package var isNew: Bool

    package init(
        name: String, version: Int, facts: [String], inputs: [(name: String, version: Int)], columns: [(name: String, type: String)],
        key: String?, isNew: Bool
    ) {
        (self.name, self.version, self.facts, self.inputs) = (name, version, facts, inputs)
        (self.columns, self.key, self.isNew) = (columns, key, isNew)
    }
}

package struct ReportModel {
    package var name: String
    package var version: Int
    package var facts: [String]
    package var inputs: [(name: String, version: Int)]
    package var files: [String] = []
    package var target: String
    package var features: [String]
    /// Rows of a table of measures: what, on the training rows, on the test rows.
    package var measures: [(name: String, train: String, test: String?)]
    package var warnings: [String]
    package var isNew: Bool

    package init(
        name: String, version: Int, facts: [String], inputs: [(name: String, version: Int)], target: String, features: [String],
        measures: [(name: String, train: String, test: String?)], warnings: [String], isNew: Bool
    ) {
        (self.name, self.version, self.facts, self.inputs) = (name, version, facts, inputs)
        (self.target, self.features, self.measures, self.warnings, self.isNew) = (target, features, measures, warnings, isNew)
    }
}

/// Rows that a cell shows, as texts; nil is null.
package struct ReportRows {
    package var columns: [(name: String, type: String, isNumber: Bool)]
    package var rows: [[String?]]
    /// How many there are in all.
    package var count: Int

    package init(columns: [(name: String, type: String, isNumber: Bool)], rows: [[String?]], count: Int) {
        (self.columns, self.rows, self.count) = (columns, rows, count)
    }
}
