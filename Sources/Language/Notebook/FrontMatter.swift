/// The block between two `---` lines at the start of a notebook: `key: value` lines.
struct FrontMatter {
    static let supportedVersion = "1"

    var title: String?
    /// The number of the line that closes it; 0 when there is none.
    var lastLine = 0

    static func read(_ lines: SourceLines) -> (FrontMatter, [Diagnostic]) {
        var frontMatter = FrontMatter()
        guard isDelimiter(lines.text(ofLine: 1)) else {
            return (frontMatter, [missing("it doesn't begin with '---'", lines)])
        }
        guard let last = (1..<lines.count).map({ $0 + 1 }).first(where: { isDelimiter(lines.text(ofLine: $0)) }) else {
            return (frontMatter, [missing("the '---' of its first line is never closed", lines)])
        }
        frontMatter.lastLine = last
        var version: (text: String, line: Int)?
        for line in 2..<last {
            guard let (key, value) = entry(lines.text(ofLine: line)) else { continue }
            if key == "tickbook" { version = (value, line) }
            if key == "title" { frontMatter.title = value }
        }
        guard let version else { return (frontMatter, [missing("its front matter has no 'tickbook:' line", lines)]) }
        if version.text == supportedVersion { return (frontMatter, []) }
        let problem = Problem.unsupportedLanguageVersion(found: version.text)
        return (frontMatter, [Diagnostic(problem, at: lines.span(ofLine: version.line))])
    }

    private static func missing(_ what: String, _ lines: SourceLines) -> Diagnostic {
        Diagnostic(.notANotebook(found: what), at: lines.span(ofLine: 1))
    }

    private static func isDelimiter(_ line: String) -> Bool {
        var content = line[...]
        if content.unicodeScalars.first == "\u{FEFF}" { content = Substring(content.unicodeScalars.dropFirst()) }
        while content.last == " " || content.last == "\t" { content.removeLast() }
        return content == "---"
    }

    /// `key: value`, the value without the quotes around it.
    private static func entry(_ line: String) -> (key: String, value: String)? {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        var value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
        while value.last == " " || value.last == "\t" { value.removeLast() }
        if value.count > 1, let quote = value.first, quote == "\"" || quote == "'", value.last == quote {
            value = value.dropFirst().dropLast()
        }
        return (String(line[..<colon]), String(value))
    }
}
