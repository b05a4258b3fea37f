package import Language

/// The session's text, checked: the notebook and what was typed.
package struct SessionCheck: Sendable {
    package let text: SessionText
    package let loaded: LoadedNotebook

    init(
        _ text: SessionText, of notebook: NotebookText, catalog: any Catalog, functions: FunctionLibrary, overrides: [String: String]
    ) {
        let composed = text.notebook(title: notebook.notebook.title)
        let (tree, parsing) = Parser.parse(composed)
        let (checked, checking, names) = NotebookChecker.checkNaming(
            tree, text: text.text, catalog: catalog, functions: functions, overrides: overrides)
        // A parameter that was typed just now is used by what comes next.
        let mistakes = checking.filter { !text.isTyped($0.span) || !$0.isUnusedParameter }
        let all = (notebook.mistakes + parsing + mistakes).sorted { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
        self.text = text
        loaded = LoadedNotebook(notebook: composed, tree: tree, checked: checked, diagnostics: all, names: names)
    }

    /// To run what has no mistakes of its own, whatever else has.
    var runnable: LoadedNotebook {
        runnable(loaded.checked.cells)
    }

    func runnable(_ cells: [CheckedCell]) -> LoadedNotebook {
        LoadedNotebook(
            notebook: loaded.notebook, tree: loaded.tree, checked: CheckedNotebook(cells: cells, plugins: loaded.checked.plugins),
            diagnostics: [], names: loaded.names)
    }

    package var notebookMistakes: [Diagnostic] { loaded.diagnostics.filter { !text.isTyped($0.span) } }

    package func statements(of cell: String) -> [CheckedStatement] { loaded.checked.cells.first { $0.name == cell }?.statements ?? [] }

    /// The cell's code as its tokens; comments and layout make no difference.
    func fingerprint(of cell: String) -> String {
        guard let code = text.code(of: cell) else { return "" }
        return Lexer.tokens(in: text.text, code: code).tokens.filter { $0.kind != .comment && $0.kind != .newline }
            .map { "\($0.kind)" }.joined(separator: " ")
    }

    // MARK: Mistakes

    func ownMistakes(of cell: String) -> [Diagnostic] {
        guard let code = text.code(of: cell) else { return [] }
        return loaded.diagnostics.filter { $0.span.start >= code.start && $0.span.start <= code.end }
    }

    /// Whether a statement of the cell has no meaning because of a mistake elsewhere.
    func isBlocked(_ cell: String) -> Bool {
        let written = syntax(of: cell)?.statements.count { $0.makesSomething } ?? 0
        return ownMistakes(of: cell).isEmpty && written > statements(of: cell).count || readsBrokenNames(cell)
    }

    /// What keeps a cell from running: its own mistakes, or those of what it depends on.
    package func mistakes(concerning cell: String) -> [Diagnostic] {
        let own = ownMistakes(of: cell)
        guard own.isEmpty, isBlocked(cell) else { return own }
        let elsewhere = cellsNeeded(by: cell).flatMap(ownMistakes)
        return elsewhere.isEmpty ? loaded.diagnostics : elsewhere.sorted { $0.span.start < $1.span.start }
    }

    private func syntax(of cell: String) -> CellSyntax? { loaded.tree.cells.first { $0.name == cell } }

    /// A let makes nothing itself, but one that reads something broken is of no use.
    private func readsBrokenNames(_ cell: String) -> Bool {
        guard let syntax = syntax(of: cell), ownMistakes(of: cell).isEmpty, !syntax.statements.contains(where: \.makesSomething),
            syntax.statements.contains(where: { if case .binding = $0.kind { true } else { false } })
        else { return false }
        return cellsNeeded(by: cell).contains { !ownMistakes(of: $0).isEmpty }
    }

    /// The cells that define what a cell's statements name, and what those name, and so on; by what is written, checked or not.
    private func cellsNeeded(by cell: String) -> Set<String> {
        var definers: [String: String] = [:]
        for cell in loaded.tree.cells { for name in cell.definedNames { definers[name] = definers[name] ?? cell.name } }
        var needed: Set<String> = []
        var open = [cell]
        while let next = open.popLast() {
            guard let syntax = syntax(of: next) else { continue }
            for name in syntax.mentionedNames {
                guard let definer = definers[name], definer != cell, needed.insert(definer).inserted else { continue }
                open.append(definer)
            }
        }
        return needed
    }
}

extension Diagnostic {
    fileprivate var isUnusedParameter: Bool {
        if case .check(.unusedParameter) = problem { true } else { false }
    }
}

extension CellSyntax {
    fileprivate var definedNames: [String] {
        statements.compactMap { statement in
            if case .invalid(let name?) = statement.kind { return name.text }
            guard case .definition(let name) = statement.role else { return nil }
            return name
        }
    }

    fileprivate var mentionedNames: Set<String> {
        SyntaxTree(cells: [self]).namesUsed.union(
            statements.compactMap { if case .serve(let model, _) = $0.kind { model.text } else { nil } })
    }
}
