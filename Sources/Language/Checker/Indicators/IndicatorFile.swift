/// A `.tick` file of a plugin: indicators, with comments, and nothing else.
package struct IndicatorFile: Sendable, Hashable {
    /// The path for messages.
    package let path: String
    package let text: String

    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}

/// The files of one plugin, read and checked; each file sees the indicators of those before it.
package struct IndicatorFiles: Sendable {
    /// The names the files define, right or wrong, in the order of the text.
    package private(set) var names: [String] = []
    /// Every mistake, with the file whose text its span belongs to.
    package private(set) var diagnostics: [(file: IndicatorFile, diagnostic: Diagnostic)] = []
    private(set) var known: [IndicatorDefinition] = []
    private(set) var broken: [String] = []

    package init(_ files: [IndicatorFile], functions: FunctionLibrary) {
        for file in files { read(file, functions) }
    }

    /// Of each that is right, its name, the call as it should look, and what it means.
    package var definitions: [(name: String, form: String, meaning: String)] {
        known.map { ($0.name, $0.form, CheckContext.words(of: $0.text, $0.body.span)) }
    }

    private mutating func read(_ file: IndicatorFile, _ functions: FunctionLibrary) {
        let (statements, mistakes) = Parser.parse(file.text)
        let heads = statements.compactMap { if case .indicator(let head, _) = $0.kind { head.name.text } else { nil } }
        let context = CheckContext(text: file.text, catalog: InMemoryCatalog(), functions: functions, laterIndicators: Set(heads))
        known.forEach(context.declare)
        broken.forEach(context.declare(brokenIndicator:))
        let checker = IndicatorChecker(context: context)
        checker.reportCycles(statements)
        for statement in statements {
            switch statement.kind {
            case .indicator(let head, let body): checker.define(head, body)
            case .invalid(let name): name.map { context.declare(brokenIndicator: $0.text) }
            default: context.report(.notAnIndicator, at: statement.span)
            }
        }
        names += heads
        known = context.knownIndicators
        broken = context.brokenIndicators
        diagnostics += (mistakes + context.diagnostics).sorted { $0.span.start < $1.span.start }.map { (file, $0) }
    }
}
