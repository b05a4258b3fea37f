import Foundation
import Testing

@testable import Language

@Suite struct DiagnosticRendererTests {
    /// The caret line for the mark of `needle` in `text`.
    private func caretLine(under needle: String, in text: String) throws -> String {
        let range = try #require(text.range(of: needle))
        let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
        let diagnostic = Diagnostic(.noCells, at: SourceSpan(start, start + needle.utf8.count))
        let rendered = DiagnosticRenderer(path: "x.md", text: text).render(diagnostic)
        return String(rendered.split(separator: "\n")[2])
    }

    @Test(arguments: [
        ("ab X", "      |    ^"), ("\tX", "      |     ^"), ("株式 X", "      |      ^"), ("e\u{301} X", "      |   ^"),
        ("a\tb\tX", "      |         ^"),
    ])
    func theCaretStandsUnderItsPlace(text: String, expected: String) throws {
        #expect(try caretLine(under: "X", in: text) == expected)
    }

    @Test func aSpanOfSeveralLinesIsShownByItsFirst() throws {
        #expect(try caretLine(under: "bc\nde", in: "a bc\nde\n") == "      |   ^^")
    }

    @Test func linesAndColumnsOfTheReportCountCharacters() throws {
        let text = "é\r\né株 X\r\n"
        let start = Array(text.utf8).firstIndex(of: UInt8(ascii: "X"))!
        let diagnostic = Diagnostic(.unknownStatement("tabel", candidates: ["let", "table"]), at: SourceSpan(start, start + 1))
        let report = DiagnosticReport(diagnostic, path: "x.md", lines: SourceLines(text))
        #expect("\(report.line):\(report.column)-\(report.endLine):\(report.endColumn)" == "2:4-2:5")
        #expect(report.candidates == ["table", "let"])
        #expect(report.code == "unknown-statement")
        let decoded = try JSONDecoder().decode(DiagnosticReport.self, from: JSONEncoder().encode(report))
        #expect(decoded == report)
    }

    @Test func colourIsOnlyAddedNeverText() {
        let diagnostics = Parser.parse("tabel x = y").diagnostics
        let coloured = DiagnosticRenderer(path: "x.md", text: "tabel x = y", usesColour: true).render(diagnostics)
        let plain = coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "")
        #expect(coloured != plain)
        #expect(plain == DiagnosticRenderer(path: "x.md", text: "tabel x = y").render(diagnostics))
    }

    @Test(arguments: [
        ("clsoe", "close" as String?), ("Close", "close"), ("volum", "volume"), ("opne", "open"), ("hgih", "high"), ("xy", nil),
        ("banana", nil),
    ])
    func theNearestNameIsFound(name: String, expected: String?) {
        #expect(NearestName.of(name, among: ["open", "high", "low", "close", "volume"]) == expected)
    }

    @Test(arguments: [
        ("param x = f(1,", true), ("raw.x |", true), ("param x =", true), ("param x = 1", false), ("raw.x | take(1)", false), ("", false),
    ])
    func codeThatNeedsMoreLinesIsIncomplete(code: String, expected: Bool) {
        #expect(Parser.isIncomplete(code) == expected)
    }
}
