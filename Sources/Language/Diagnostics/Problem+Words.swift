extension Problem {
    /// What is wrong, in one line without a full stop.
    package var message: String {
        switch self {
        case .check(let problem): problem.message
        case .failed(let cell, let reason): cell.isEmpty ? reason : "cell '\(cell)' failed: \(reason)"
        case .brokenAssert(let failure): failure.message
        case .notANotebook(let found): "this is not a Tickbook notebook: \(found)"
        case .unsupportedLanguageVersion(let found): "language version '\(found)' is not supported"
        case .noCells: "the notebook has no cells"
        case .unclosedFence(let cell): "the fence of cell '\(cell)' is never closed"
        case .misspeltCellMark(let mark): "a block marked '\(mark)' is no cell"
        case .duplicateCell(let name): "there is already a cell named '\(name)'"
        case .unexpectedCharacter(let character): "unexpected character \(Problem.shown(character))"
        case .foreignSymbol("\u{A0}", _): "unexpected no-break space"
        case .foreignSymbol(let spelling, _): "unexpected '\(spelling)'"
        case .foreignQuotes(let quote, _): "strings stand in double quotes, not in \(quote)"
        case .unterminatedString: "the string is not closed on its line"
        case .unterminatedName: "the name is not closed on its line"
        case .emptyName: "a name cannot be empty"
        case .invalidEscape(let escape): "unknown escape '\(escape)'"
        case .invalidNumber(let spelling): "'\(spelling)' is not a number"
        case .numberTooLarge(let spelling): "the number \(spelling) is too large"
        case .unexpected(let found, _): "unexpected \(found)"
        case .unclosed(let open, _): "'\(open)' is never closed"
        case .unmatchedClosing(let bracket): "unexpected '\(bracket)': no bracket is open"
        case .unknownStatement(let word, _): "unknown statement '\(word)'"
        case .missingStatementWord(let name): "a statement cannot begin with '\(name) ='"
        case .reservedWord(let word): "'\(word)' is a word of the language and cannot be a name"
        case .verbWithoutBrackets(let verb): "the verb '\(verb)' needs brackets"
        case .assignmentInExpression: "unexpected '=' behind an expression"
        case .chainedComparison: "comparisons cannot be chained"
        case .notIn: "unexpected 'not' before 'in'"
        case .bareArgumentPipeline: "a pipeline as an argument needs parentheses"
        }
    }

    /// What could stand there, or which names there are; nil when the message says it.
    package var expected: String? {
        switch self {
        case .check(let problem): problem.expected
        case .failed, .brokenAssert: nil
        case .unexpected(_, let expected): Problem.alternatives(expected)
        case .unclosed(_, let expected): "'\(expected)'"
        case .unknownStatement(_, let candidates): "a statement (\(candidates.joined(separator: ", "))) or a pipeline"
        case .unsupportedLanguageVersion: "1"
        case .unterminatedString: "'\"' before the line ends"
        case .unterminatedName: "'`' before the line ends"
        case .notANotebook, .noCells, .unclosedFence, .misspeltCellMark, .duplicateCell, .unexpectedCharacter, .foreignSymbol, .foreignQuotes,
            .emptyName, .invalidEscape, .invalidNumber, .numberTooLarge, .unmatchedClosing, .missingStatementWord, .reservedWord,
            .verbWithoutBrackets, .assignmentInExpression, .chainedComparison, .notIn, .bareArgumentPipeline:
            nil
        }
    }

    /// What to do about it.
    package var help: String? {
        switch self {
        case .check(let problem): problem.help
        case .failed: nil
        case .brokenAssert(let failure): failure.help
        case .notANotebook: "begin the file with these three lines, then an optional 'title:'\n---\ntickbook: 1\n---"
        case .unsupportedLanguageVersion: "write 'tickbook: 1', or use a release of Tickbook that knows the newer version"
        case .noCells: "add a fenced block that begins with ```tick NAME and ends with ```"
        case .unclosedFence: "close it with a line of as many of the same characters"
        case .misspeltCellMark: "write tick, in small letters and without marks, then the cell's name: ```tick load"
        case .duplicateCell: "give one of the two another name"
        case .unexpectedCharacter: "names with such characters stand in backticks, text in double quotes"
        case .foreignSymbol(_, let help): help
        case .foreignQuotes(_, let content): "write \"\(content)\""
        case .unterminatedString: "a line break in a string is written \\n"
        case .unterminatedName: "a name in backticks is written `Adj Close`"
        case .emptyName: "write the name between the backticks, `Adj Close`"
        case .invalidEscape: "escapes are \\\" \\\\ \\n \\t and \\u{1F4C8}; a backslash is written \\\\"
        case .invalidNumber: "numbers are written 42, 0.5, 1.5 or 1e-3; a name that begins with a digit stands in backticks"
        case .numberTooLarge: "ints reach from -9223372036854775807 to 9223372036854775807, doubles to about 1.8e308"
        case .unclosed: nil
        case .unmatchedClosing: "remove it, or open the bracket before it"
        case .missingStatementWord(let name): "write 'let \(name) = …', 'table \(name) = …', or '==' to compare"
        case .reservedWord(let word): "as the name of a column write `\(word)` in backticks, or choose another name"
        case .verbWithoutBrackets(let verb): "write '\(verb)()', with its arguments between the brackets"
        case .assignmentInExpression: "write '==' to compare; a label before '=' is one name"
        case .chainedComparison(let correction), .notIn(let correction): "write '\(correction)'"
        case .bareArgumentPipeline: "write '(source | verb(…))'"
        case .unexpected, .unknownStatement: nil
        }
    }

    /// A stable name for programs.
    package var code: String {
        switch self {
        case .check(let problem): problem.code
        case .failed: "cell-failed"
        case .brokenAssert: "broken-assert"
        case .notANotebook: "not-a-notebook"
        case .unsupportedLanguageVersion: "unsupported-language-version"
        case .noCells: "no-cells"
        case .unclosedFence: "unclosed-fence"
        case .misspeltCellMark: "misspelt-cell-mark"
        case .duplicateCell: "duplicate-cell"
        case .unexpectedCharacter: "unexpected-character"
        case .foreignSymbol: "foreign-symbol"
        case .foreignQuotes: "foreign-quotes"
        case .unterminatedString: "unterminated-string"
        case .unterminatedName: "unterminated-name"
        case .emptyName: "empty-name"
        case .invalidEscape: "invalid-escape"
        case .invalidNumber: "invalid-number"
        case .numberTooLarge: "number-too-large"
        case .unexpected: "unexpected"
        case .unclosed: "unclosed"
        case .unmatchedClosing: "unmatched-closing"
        case .unknownStatement: "unknown-statement"
        case .missingStatementWord: "missing-statement-word"
        case .reservedWord: "reserved-word"
        case .verbWithoutBrackets: "verb-without-brackets"
        case .assignmentInExpression: "assignment-in-expression"
        case .chainedComparison: "chained-comparison"
        case .notIn: "not-in"
        case .bareArgumentPipeline: "bare-argument-pipeline"
        }
    }

    /// The name that was probably meant and the names that are known, nearest first where there is one.
    package var candidates: [String] {
        switch self {
        case .check(let problem): problem.unknownName.map { Problem.nearestFirst($0, problem.candidates) } ?? []
        case .unknownStatement(let word, let candidates): Problem.nearestFirst(word, candidates)
        default: []
        }
    }

    /// What stands behind the caret: the nearest known name.
    package var label: String? {
        switch self {
        case .check(let problem): problem.unknownName.flatMap { Problem.didYouMean($0, problem.candidates) }
        case .unknownStatement(let word, let candidates): Problem.didYouMean(word, candidates)
        default: nil
        }
    }

    /// Rows to look at, as the lines of a small table.
    package var examples: [String] { if case .brokenAssert(let failure) = self { failure.examples } else { [] } }

    static func didYouMean(_ name: String, _ candidates: [String]) -> String? {
        NearestName.of(name, among: candidates).map { "did you mean '\($0)'?" }
    }

    static func nearestFirst(_ name: String, _ candidates: [String]) -> [String] {
        guard let nearest = NearestName.of(name, among: candidates) else { return candidates }
        return [nearest] + candidates.filter { $0 != nearest }
    }

    /// `a`, `a or b`, `a, b or c`
    private static func alternatives(_ words: [String]) -> String {
        guard words.count > 1 else { return words.joined() }
        return words.dropLast().joined(separator: ", ") + " or " + words[words.count - 1]
    }

    /// A character as itself where it can be seen, and by its number.
    private static func shown(_ character: String) -> String {
        let numbers = character.unicodeScalars.map { "U+" + String($0.value, radix: 16, uppercase: true) }.joined(separator: " ")
        let isVisible = character.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate: false
            default: true
            }
        }
        if character.utf8.count == 1, isVisible { return "'\(character)'" }
        return isVisible ? "'\(character)' (\(numbers))" : numbers
    }
}
