import Testing

@testable import Language

@Suite struct NotebookTests {
    private let header = "---\ntickbook: 1\ntitle: \"A title\"\n---\n"

    /// `name: code` of each cell, then the mistakes as `line code`.
    private func outline(_ text: String) -> [String] {
        let (notebook, diagnostics) = Notebook.parse(path: "x.md", text: text)
        let lines = SourceLines(text)
        return notebook.cells.map { "\($0.name): \(lines.text($0.code))" }
            + diagnostics.map { "\(lines.position(of: $0.span.start).line) \($0.problem.code)" }
    }

    @Test func readsTitleAndCells() {
        let text = header + "# Prose\n```tick params\nparam x = 1\n```\n\n```tick\nshow x\n```\n"
        #expect(Notebook.parse(path: "x.md", text: text).0.title == "A title")
        #expect(outline(text) == ["params: param x = 1\n", "cell-2: show x\n"])
    }

    @Test(arguments: [
        "~~~tick a\nx\n~~~\n", "   ```` tick a\nx\n   ````` \n", "````tick a rest\nx\n````\n", "```tick a\nx\n```",
        "\u{20}\u{20}\u{20}\u{20}```tick no\n```tick a\nx\n```\n", "```python\n```tick\n```\n```tick a\nx\n```\n",
        "<!--\n```tick no\n```\n-->\n```tick a\nx\n```\n", "~~~text\n```tick no\ny\n```\n~~~\n```tick a\nx\n```\n",
    ])
    func readsFencesAsCommonMarkDoes(markdown: String) {
        #expect(outline(header + markdown) == ["a: x\n"])
    }

    @Test func readsCarriageReturnsAndAByteOrderMark() {
        let text = "\u{FEFF}---\r\ntickbook: 1\r\n---\r\n```tick a\r\nx\r\n```\r\n"
        #expect(outline(text) == ["a: x\r\n"])
    }

    @Test(arguments: [
        ("", ["1 not-a-notebook"]),
        ("# Prose\n", ["1 not-a-notebook"]),
        ("---\ntickbook: 1\n", ["1 not-a-notebook"]),
        ("---\ntitle: x\n---\n", ["1 not-a-notebook"]),
        ("---\ntickbook: 2\n---\n```tick a\n```\n", ["a: ", "2 unsupported-language-version"]),
        ("---\ntickbook: 1\n---\n", ["1 no-cells"]),
        ("---\ntickbook: 1\n---\n```tick a\nx\n", ["a: ", "4 unclosed-fence"]),
        ("---\ntickbook: 1\n---\n```tick a\nx\n\n```tick b\ny\n```\n", ["a: ", "b: y\n", "4 unclosed-fence"]),
        ("---\ntickbook: 1\n---\n```tick a\n```\n```tick a\n```\n", ["a: ", "a: ", "6 duplicate-cell"]),
    ])
    func reportsMistakes(text: String, expected: [String]) {
        #expect(outline(text) == expected)
    }
}
