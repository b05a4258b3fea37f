/// Lays out the statements of one cell with their comments.
///
/// A comment stays beside the same part of the code: before a statement, a verb or an argument on lines of its own, or
/// behind one on the same line. A comment in the middle of such a part moves before it.
struct CellFormatter {
    private static let indentation = "  "

    private let layout: CodeLayout
    private var comments: CommentQueue
    private let end: Int
    private var output: [String] = []

    init(bytes: [UInt8], tokens: [Token]) {
        let spelling = LiteralSpelling(tokens: tokens, bytes: bytes)
        layout = CodeLayout(code: ExpressionCode(literal: { expression, _ in spelling.text(of: expression) }, keepsGroups: true))
        comments = CommentQueue(tokens: tokens, bytes: bytes)
        end = tokens[tokens.count - 1].span.end
    }

    /// The cell's lines without line endings; statements in the order of the text.
    mutating func lines(of statements: [Statement]) -> [String] {
        let nameWidths = parameterWidths(statements)
        for (index, statement) in statements.enumerated() {
            let next = start(ofStatement: index + 1, statements)
            writeOwnLines(comments.take(before: statement.span.start))
            let followsBlankLine = comments.hasBlankLine(before: statement.span.start)
            var lines = self.lines(of: statement, nameWidth: nameWidths[index])
            lines = trailing(comments.takeTrailing(before: next), lines)
            if followsBlankLine, !output.isEmpty { output.append("") }
            output += lines
        }
        writeOwnLines(comments.take(before: end + 1))
        return output
    }

    private func start(ofStatement index: Int, _ statements: [Statement]) -> Int {
        index < statements.count ? statements[index].span.start : end
    }

    /// How wide each param's name is laid out: as the widest of the params it stands among, with nothing between their lines.
    private func parameterWidths(_ statements: [Statement]) -> [Int] {
        var comments = comments
        var widths = [Int](repeating: 0, count: statements.count)
        var run: [Int] = []
        for (index, statement) in statements.enumerated() {
            guard case .param(let name, _) = statement.kind else {
                run = []
                continue
            }
            let isApart = !comments.take(before: statement.span.end).isEmpty || comments.hasBlankLine(before: statement.span.start)
            _ = comments.takeTrailing(before: start(ofStatement: index + 1, statements))
            run = (isApart ? [] : run) + [index]
            widths[index] = max(TerminalWidth.of(name.code), run.dropLast().last.map { widths[$0] } ?? 0)
            for member in run { widths[member] = widths[index] }
        }
        return widths
    }

    /// Comments between statements; an indented one right behind a broken statement belongs to it and stays indented.
    private mutating func writeOwnLines(_ taken: [Comment]) {
        for comment in taken {
            if comment.followsBlankLine, !output.isEmpty { output.append("") }
            let belongsToStatement = comment.isIndented && (output.last?.hasPrefix(" ") ?? false)
            output.append((belongsToStatement ? CellFormatter.indentation : "") + comment.text)
        }
    }

    // MARK: - Statements

    private mutating func lines(of statement: Statement, nameWidth: Int) -> [String] {
        switch statement.kind {
        case .param(let name, let value):
            let space = layout.spaces(nameWidth - TerminalWidth.of(name.code))
            return lines(of: "param \(name.code)\(space) = ", value, statement)
        case .serve(let name, let port?): return lines(of: "serve \(name.code) on ", port, statement)
        case .serve(let name, nil): return ["serve \(name.code)"]
        case .binding(let name, let pipeline): return lines(of: "let \(name.code) =", pipeline, statement)
        case .indicator(let head, let body): return lines(ofIndicator: head, body, statement)
        case .use(let name): return ["use \(name.code)"]
        case .table(let name, let pipeline): return lines(of: "table \(name.code) =", pipeline, statement)
        case .assertion(let call): return lines(of: call, at: "")
        case .model(let name, let pipeline): return lines(of: "model \(name.code) =", pipeline, statement)
        case .show(let pipeline, let format):
            return lines(of: "show ", pipeline, statement, tail: format.map { " as \($0.code)" } ?? "")
        case .plot(let pipeline, let file):
            return lines(of: "plot ", pipeline, statement, tail: file.map { " to \(layout.code.code($0))" } ?? "")
        case .pipeline(let pipeline): return lines(of: "", pipeline, statement)
        case .invalid: preconditionFailure("a cell with mistakes isn't laid out")
        }
    }

    private mutating func lines(of head: String, _ value: Expression, _ statement: Statement) -> [String] {
        let inner = comments.take(before: statement.span.end).map(\.text)
        return inner + layout.prefixed(head, layout.lines(of: value, column: TerminalWidth.of(head), reserve: 0))
    }

    /// On one line when it fits; otherwise the expression begins on a line of its own.
    private mutating func lines(ofIndicator head: Call, _ body: Expression, _ statement: Statement) -> [String] {
        let inner = comments.take(before: statement.span.end).map(\.text)
        let word = Keyword.indicator.rawValue + " "
        let flat = word + "\(layout.code.code(head)) = \(layout.code.code(body))"
        if layout.fits(flat, 0, 0) { return inner + [flat] }
        let indentation = CellFormatter.indentation
        return inner + layout.suffixed(layout.prefixed(word, layout.lines(of: head, column: word.count, reserve: 2)), " =")
            + layout.prefixed(indentation, layout.lines(of: body, column: indentation.count, reserve: 0))
    }

    /// On one line when it fits and has at most one verb and no comments; otherwise a line for each step.
    /// `tail` is what stands behind the pipeline.
    private mutating func lines(of head: String, _ pipeline: Pipeline, _ statement: Statement, tail: String = "") -> [String] {
        let isDefinition = head.hasSuffix("=")
        let flat = head + (isDefinition ? " " : "") + layout.code.code(pipeline) + tail
        // Without a line of its own the source's comments can only stand above the statement.
        var lines = isDefinition ? [] : comments.take(before: pipeline.source.span.end).map(\.text)
        let hasComments = comments.hasComment(before: pipeline.span.end)
        if pipeline.verbs.count <= 1, !hasComments, layout.fits(flat, 0, 0) {
            return lines + comments.take(before: statement.span.end).map(\.text) + [flat]
        }
        if isDefinition {
            lines = trailing(comments.takeTrailing(before: pipeline.source.span.start), [head])
            lines += step(CellFormatter.indentation, before: pipeline.source.span) { formatter in
                formatter.layout.lines(of: pipeline.source, column: 2, reserve: 0)
            }
        } else {
            lines += layout.prefixed(head, layout.lines(of: pipeline.source, column: head.count, reserve: 0))
        }
        for verb in pipeline.verbs {
            lines = trailing(comments.takeTrailing(before: verb.span.start), lines)
            lines += self.lines(of: verb, at: CellFormatter.indentation + "| ")
        }
        guard !tail.isEmpty else { return lines }
        return comments.take(before: statement.span.end).map(\.text) + layout.suffixed(lines, tail)
    }

    // MARK: - Verbs

    /// A verb behind its pipe, or an assert at the margin.
    private mutating func lines(of verb: Call, at prefix: String) -> [String] {
        guard let first = verb.arguments.first else {
            return step(prefix, before: verb.span) { _ in ["\(verb.name.code)()"] }
        }
        let indentation = prefix.isEmpty ? "" : CellFormatter.indentation
        let before = comments.take(before: first.span.end).map { indentation + $0.text }
        guard comments.hasComment(before: verb.span.end) else {
            return before + layout.prefixed(prefix, layout.lines(of: verb, column: prefix.count, reserve: 0))
        }
        return before + linesWithComments(of: verb, at: prefix)
    }

    /// One argument to a line with the comments between them; a comment behind the last one puts the bracket on its own line.
    private mutating func linesWithComments(of verb: Call, at prefix: String) -> [String] {
        let opening = prefix + "\(verb.name.code)("
        let column = TerminalWidth.of(opening)
        let margin = layout.spaces(column)
        var lines: [String] = []
        for (index, text) in layout.argumentLayouts(verb, column: column, reserve: 1).enumerated() {
            let isLast = index == verb.arguments.count - 1
            let next = isLast ? verb.span.end : verb.arguments[index + 1].span.start
            lines += comments.take(before: verb.arguments[index].span.end).map { margin + $0.text }
            let comment = comments.takeTrailing(before: next)
            let bracketFollows = isLast && comment == nil && !comments.hasComment(before: next)
            let argument = layout.suffixed(text, bracketFollows ? ")" : isLast ? "" : ",")
            lines += trailing(comment, layout.prefixed(index == 0 ? opening : margin, argument))
            if isLast, !bracketFollows {
                lines += comments.take(before: next).map { margin + $0.text }
                lines.append(layout.spaces(column - 1) + ")")
            }
        }
        return lines
    }

    /// A step that isn't broken around comments: those before and inside it stand on lines above it.
    private mutating func step(_ prefix: String, before span: SourceSpan, _ text: (CellFormatter) -> [String]) -> [String] {
        let before = comments.take(before: span.end).map { CellFormatter.indentation + $0.text }
        return before + layout.prefixed(prefix, text(self))
    }

    private func trailing(_ comment: Comment?, _ lines: [String]) -> [String] {
        comment.map { layout.suffixed(lines, "  " + $0.text) } ?? lines
    }
}

/// Literals as the text spells them: `1e-3` stays `1e-3`.
private struct LiteralSpelling {
    private let spellings: [(start: Int, text: String)]

    init(tokens: [Token], bytes: [UInt8]) {
        spellings = tokens.compactMap { token in
            switch token.kind {
            case .int, .double, .string, .keyword(.true), .keyword(.false), .keyword(.null):
                (token.span.start, String(decoding: bytes[token.span.start..<token.span.end], as: UTF8.self))
            default: nil
            }
        }
    }

    /// The literal may stand in parentheses, so its own token is the first one at or behind its start.
    func text(of literal: Expression) -> String {
        var low = 0
        var high = spellings.count
        while low < high {
            let middle = (low + high) / 2
            if spellings[middle].start < literal.span.start { low = middle + 1 } else { high = middle }
        }
        return spellings[low].text
    }
}
