import Columnar
import Language

/// A case's code as a notebook, read and checked against the fixtures. A line `%% NAME` begins another cell.
struct CheckedCase {
    let text: String
    let tree: SyntaxTree
    let notebook: CheckedNotebook
    let diagnostics: [Diagnostic]

    init(
        _ code: String, catalog: InMemoryCatalog = Fixtures.catalog, functions: FunctionLibrary = Fixtures.functions,
        overrides: [String: String] = [:]
    ) {
        var lines = ["---", "tickbook: 1", "---", "```tick main"]
        for line in code.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("%% ") { lines += ["```", "```tick \(line.dropFirst(3))"] } else { lines.append(String(line)) }
        }
        self.init(notebook: (lines + ["```", ""]).joined(separator: "\n"), catalog: catalog, functions: functions, overrides: overrides)
    }

    init(
        notebook text: String, catalog: InMemoryCatalog, functions: FunctionLibrary = Fixtures.functions, overrides: [String: String] = [:]
    ) {
        self.text = text
        let (read, reading) = Notebook.parse(path: "notebook.md", text: text)
        let (tree, parsing) = Parser.parse(read)
        let (checked, checking) = NotebookChecker.check(
            tree, text: text, catalog: catalog, functions: functions, overrides: overrides)
        self.tree = tree
        notebook = checked
        diagnostics = (reading + parsing + checking).sorted { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
    }

    var rendered: String { DiagnosticRenderer(path: "notebook.md", text: text).render(diagnostics) }

    /// The pipelines of tables, shows and models, in order.
    var pipelines: [CheckedPipeline] {
        notebook.statements.compactMap { statement in
            switch statement.kind {
            case .table(_, let pipeline), .show(let pipeline, _): pipeline
            case .plot(let plot): plot.pipeline
            case .model(_, let model): model.pipeline
            case .serve, .assertion: nil
            }
        }
    }
}
