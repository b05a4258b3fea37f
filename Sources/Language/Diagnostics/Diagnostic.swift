/// One thing wrong with a notebook: where, and what, as data; `Problem+Words` makes the words.
package struct Diagnostic: Sendable, Hashable, Error {
    package enum Severity: String, Sendable { case error, warning }

    package let problem: Problem
    package let span: SourceSpan
    package let severity: Severity

    package init(_ problem: Problem, at span: SourceSpan, severity: Severity = .error) {
        self.problem = problem
        self.span = span
        self.severity = severity
    }
}
