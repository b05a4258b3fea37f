/// Every mistake a notebook can hold.
package enum Problem: Sendable, Hashable {
    // Notebook
    case notANotebook(found: String)
    case unsupportedLanguageVersion(found: String)
    case noCells
    case unclosedFence(cell: String)
    /// `Tick` or `{tick}` where `tick` makes a cell.
    case misspeltCellMark(String)
    case duplicateCell(name: String)

    // Tokens and syntax
    case unexpectedCharacter(String)
    /// An operator or a mark of another language.
    case foreignSymbol(String, help: String)
    /// A string in other quotes than `"`.
    case foreignQuotes(String, content: String)
    case unterminatedString
    case unterminatedName
    case emptyName
    case invalidEscape(String)
    case invalidNumber(String)
    case numberTooLarge(String)
    case unexpected(found: String, expected: [String])
    case unclosed(open: String, expected: String)
    case unmatchedClosing(String)
    case unknownStatement(String, candidates: [String])
    /// `x = …` without `let`, `table` or another statement's word.
    case missingStatementWord(name: String)
    case reservedWord(String)
    /// `| latest` without its brackets.
    case verbWithoutBrackets(String)
    /// `=` where two values are compared.
    case assignmentInExpression
    /// `a < b < c`; `correction` is the same with `and`.
    case chainedComparison(correction: String)
    /// `a not in […]`; `correction` is `not a in […]`.
    case notIn(correction: String)
    /// A pipeline as an argument without parentheses around it.
    case bareArgumentPipeline

    // Meaning
    case check(CheckProblem)

    // Running
    /// A cell that began and could not end, or what was typed, which is no cell; `reason` is in words already.
    case failed(cell: String, reason: String)
    /// Rows of a table broke what is asserted of them.
    case brokenAssert(AssertFailure)
}
