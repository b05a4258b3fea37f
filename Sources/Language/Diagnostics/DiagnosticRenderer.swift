/// Writes diagnostics for people: place and message, the line with a caret under the mistake, what to do.
package struct DiagnosticRenderer {
    private let path: String
    private let lines: SourceLines
    private let usesColour: Bool

    /// - Parameter text: the notebook's whole text, which the spans count in.
    package init(path: String, text: String, usesColour: Bool = false) {
        self.path = path
        self.lines = SourceLines(text)
        self.usesColour = usesColour
    }

    /// All of them, a blank line between two; empty for none. Ends with a newline.
    package func render(_ diagnostics: [Diagnostic]) -> String { diagnostics.map(render).joined(separator: "\n") }

    /// One diagnostic's lines, each with its newline.
    package func render(_ diagnostic: Diagnostic) -> String {
        let problem = diagnostic.problem
        var rendered = heading(diagnostic) + excerpt(diagnostic)
        if let expected = problem.expected { rendered += note("expected", expected) }
        if !problem.examples.isEmpty { rendered += rows(problem.examples) }
        if let help = problem.help { rendered += note("help", help) }
        return rendered
    }

    private func heading(_ diagnostic: Diagnostic) -> String {
        let place = "\(path):\(lines.position(of: diagnostic.span.start)): "
        let severity = coloured("\(diagnostic.severity.rawValue):", severityColour(diagnostic))
        return coloured(place, .bold) + severity + coloured(" \(diagnostic.problem.message)", .bold) + "\n"
    }

    private func excerpt(_ diagnostic: Diagnostic) -> String {
        let number = lines.line(of: diagnostic.span.start)
        let line = lines.span(ofLine: number)
        let start = min(diagnostic.span.start, line.end)
        let before = TerminalWidth.of(TerminalWidth.shown(lines.text(SourceSpan(line.start, start))))
        let through = lines.text(SourceSpan(line.start, max(start, min(diagnostic.span.end, line.end))))
        let width = max(1, TerminalWidth.of(TerminalWidth.shown(through)) - before)
        let caret = String(repeating: "^", count: width) + (diagnostic.problem.label.map { " " + $0 } ?? "")
        let code = TerminalWidth.shown(lines.text(line))
        return coloured(gutter(String(number)), .blue) + (code.isEmpty ? "" : " " + code) + "\n"
            + coloured(gutter(""), .blue) + " " + String(repeating: " ", count: before)
            + coloured(caret, severityColour(diagnostic)) + "\n"
    }

    private func gutter(_ content: String) -> String { String(repeating: " ", count: max(0, 5 - content.count)) + content + " |" }

    /// Lines behind the first stand under the first one's words.
    private func note(_ title: String, _ text: String) -> String {
        let textLines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let first = "      " + coloured("=", .blue) + " " + coloured("\(title):", .bold) + " \(textLines[0])\n"
        return first + textLines.dropFirst().map { "        \($0)\n" }.joined()
    }

    private func rows(_ lines: [String]) -> String {
        "      " + coloured("=", .blue) + " " + coloured("rows:", .bold) + "\n" + lines.map { "        \($0)\n" }.joined()
    }

    // MARK: - Colour

    private enum Colour: String { case bold = "1", blue = "1;34", red = "1;31", yellow = "1;33" }

    private func severityColour(_ diagnostic: Diagnostic) -> Colour { diagnostic.severity == .error ? .red : .yellow }

    private func coloured(_ text: String, _ colour: Colour) -> String {
        usesColour ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }
}
