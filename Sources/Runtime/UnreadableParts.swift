import Language

/// A notebook of which some parts cannot be read, such as a cell whose fence is never closed: nothing of it runs, and what is wrong with
/// the rest is said at once.
struct UnreadableParts {
    private let notebook: Notebook
    private let reading: [Diagnostic]

    init(_ notebook: Notebook, _ reading: [Diagnostic]) {
        self.notebook = notebook
        self.reading = reading
    }

    /// The mistakes of reading and those of the cells that could be read.
    func diagnostics(catalog: any Catalog, functions: FunctionLibrary, overrides: [String: String]) -> [Diagnostic] {
        guard !isOfAnotherLanguage else { return reading }
        let (tree, parsing) = Parser.parse(notebook)
        let (_, checking, _) = NotebookChecker.checkNaming(
            tree, text: notebook.text, catalog: catalog, functions: functions, overrides: overrides)
        let all = reading + parsing + checking.filter { !isDoubtful($0) }
        return all.sorted { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
    }

    private var isOfAnotherLanguage: Bool {
        reading.contains { if case .unsupportedLanguageVersion = $0.problem { true } else { false } }
    }

    /// Where a name is missing that a part may define which could not be read.
    private func isDoubtful(_ diagnostic: Diagnostic) -> Bool {
        guard case .check(let problem) = diagnostic.problem else { return false }
        return switch problem {
        case .unknownName(.verb, _, _), .unknownName(.argument, _, _), .unknownName(.format, _, _), .unknownName(.result, _, _): false
        case .unknownName, .unknownOverride, .unusedParameter, .foreignName, .assertOnForeignTable, .modelOfUnusedPlugin: true
        default: false
        }
    }
}
