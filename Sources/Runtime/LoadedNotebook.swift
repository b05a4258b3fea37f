import Columnar
import Foundation
package import Language

/// A notebook read and checked: what there is to run, or what is wrong with it.
package struct LoadedNotebook: Sendable {
    package let notebook: Notebook
    package let tree: SyntaxTree
    package let checked: CheckedNotebook
    package let diagnostics: [Diagnostic]
    /// What its cells define, even where some are wrong.
    package let names: NotebookNames

    /// Reads the file, or standard input where it is `-`, and checks it against the workspace; mistakes are in `diagnostics`, a file that can't be read is thrown.
    package static func load(
        _ path: String, catalog: any Catalog, functions: FunctionLibrary, overrides: [String: String]
    ) throws -> LoadedNotebook {
        let text = try NotebookSource.text(path)
        return check(text, path: NotebookSource.shown(path), catalog: catalog, functions: functions, overrides: overrides)
    }

    package static func check(
        _ text: String, path: String, catalog: any Catalog, functions: FunctionLibrary, overrides: [String: String]
    ) -> LoadedNotebook {
        let (notebook, reading) = Notebook.parse(path: path, text: text)
        guard reading.isEmpty else {
            return LoadedNotebook(
                notebook: notebook, tree: SyntaxTree(cells: []), checked: CheckedNotebook(cells: []),
                diagnostics: UnreadableParts(notebook, reading).diagnostics(catalog: catalog, functions: functions, overrides: overrides),
                names: NotebookNames(functions: functions))
        }
        let (tree, parsing) = Parser.parse(notebook)
        let (checked, checking, names) = NotebookChecker.checkNaming(
            tree, text: text, catalog: catalog, functions: functions, overrides: overrides)
        let all = (parsing + checking).sorted { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
        return LoadedNotebook(notebook: notebook, tree: tree, checked: checked, diagnostics: all, names: names)
    }

    /// The parameters with what they stand for: what was given from outside, else what the notebook writes, texts without quotes.
    package func parameters(_ overrides: [String: String]) -> [(name: String, text: String)] {
        tree.cells.flatMap(\.statements).compactMap { statement in
            guard case .param(let name, let value) = statement.kind else { return nil }
            if let given = overrides[name.text] { return (name.text, given) }
            if case .literal(.string(let text)) = value.kind { return (name.text, text) }
            return (name.text, value.code)
        }
    }

    /// A single pipeline, outside any notebook.
    package static func check(pipeline text: String, catalog: any Catalog, functions: FunctionLibrary) -> LoadedNotebook {
        let whole = SourceSpan(0, text.utf8.count)
        let cell = NotebookCell(name: "query", code: whole, fence: SourceSpan(0, 0))
        let notebook = Notebook(path: "query", text: text, title: nil, cells: [cell])
        let (statements, parsing) = Parser.parse(text)
        let tree = SyntaxTree(cells: [CellSyntax(name: "query", statements: statements)])
        let (checked, checking, names) = NotebookChecker.checkNaming(tree, text: text, catalog: catalog, functions: functions)
        return LoadedNotebook(notebook: notebook, tree: tree, checked: checked, diagnostics: parsing + checking, names: names)
    }
}
