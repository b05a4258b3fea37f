/// A diagnostic for programs, as `--json` writes it. Lines and columns count from 1; the end is behind the last character.
package struct DiagnosticReport: Sendable, Hashable, Codable {
    package let file: String
    package let line: Int
    package let column: Int
    package let endLine: Int
    package let endColumn: Int
    package let severity: String
    /// The kind of mistake in kebab case, stable over releases.
    package let code: String
    package let message: String
    package let expected: String?
    /// Known names, the nearest to what was written first.
    package let candidates: [String]
    package let help: String?

    package init(_ diagnostic: Diagnostic, path: String, lines: SourceLines) {
        let start = lines.position(of: diagnostic.span.start)
        let end = lines.position(of: diagnostic.span.end)
        file = path
        line = start.line
        column = start.column
        endLine = end.line
        endColumn = end.column
        severity = diagnostic.severity.rawValue
        code = diagnostic.problem.code
        message = diagnostic.problem.message
        expected = diagnostic.problem.expected
        candidates = diagnostic.problem.candidates
        help = diagnostic.problem.help
    }
}
