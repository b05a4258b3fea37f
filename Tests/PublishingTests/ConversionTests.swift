import Testing

@testable import Publishing

/// Markdown → Jupyter → Markdown gives the same bytes, whatever the notebook's author did.
@Suite struct ConversionTests {
    private static let header = "---\ntickbook: 1\ntitle: A title\n---\n"

    @Test(arguments: [
        "```tick a\nshow x\n```\n",
        "# Prose\n\n```tick a\nshow x\n```\n\nMore.\n",
        "# Prose alone\n", "",
        "# Prose\n\n\n\n```tick a\nshow x\n```",
        "```tick\n```\n```tick b\n\n```\n\n\n```tick c\n\n\nshow x\n\n```\n   \n",
        "~~~~ tick  a rest\nshow x\n~~~~~~ \n",
        "   ```tick a\n   show x\n  ```\n",
        "````tick a\n```\nshow x\n````\n",
        "    indented code\n\n```tick a\nx\n```\n\n  two blanks  \n\t\n",
        "Other blocks:\n\n```python\nprint(1)\n```\n\n<!--\n```tick no\n```\n-->\n```tick a\nx\n```\n",
        "é and e\u{301}, \u{1F4C8}, \u{2028}, \u{A0}\n\n```tick a\n# \"quotes\" \\ and \u{7}\n```\n\u{A0}\n",
        "<!-- ipynb {\"cell_type\":\"markdown\",\"id\":\"a1\"} -->\nOne\n\n<!-- ipynb {\"cell_type\":\"code\",\"id\":\"b2\"} -->\n```tick a\nx\n```\n",
        "<!-- ipynb {\"cell_type\":\"code\"} -->\nnothing follows\n\n```tick a\nx\n```\n",
        "<!-- ipynb {broken -->\n```tick a\nx\n```\n",
    ])
    func markdownComesBackAsItWas(markdown: String) throws {
        for text in [Self.header + markdown, "\u{FEFF}" + Self.header + markdown] {
            try expectReturn(text)
            try expectReturn(text.replacing("\n", with: "\r\n"))
        }
    }

    @Test func linesThatEndInDifferentWaysComeBackToo() throws {
        try expectReturn("---\r\ntickbook: 1\n---\n\n```tick a\r\nshow x\n```\r\n\r\ntext\n")
        try expectReturn("---\rtickbook: 1\r---\r\r```tick a\rshow x\r```\r")
    }

    @Test(arguments: 0..<400) func randomNotebooksComeBackAsTheyWere(seed: UInt64) throws {
        var random = RandomNotebook(seed: seed)
        try expectReturn(random.text())
    }

    private func expectReturn(_ text: String) throws {
        guard let jupyter = try? JupyterExport.jupyter(path: "notebook.md", text: text) else {
            Issue.record("\(text.debugDescription) is refused")
            return
        }
        let read = try JupyterNotebook(json: jupyter.fileText)
        #expect(read == jupyter)
        let back = try JupyterImport.markdown(read)
        #expect(Array(back.text.utf8) == Array(text.utf8), "\(text.debugDescription)\n\(jupyter.fileText)")
        #expect(back.losses.isEmpty)
    }

    @Test func aNotebookThatIsNoneIsRefused() {
        #expect(throws: ConversionFault.self) { try JupyterExport.jupyter(path: "a.md", text: "# Prose\n") }
    }

    @Test func cellsBecomeCodeCellsUnderTheirNames() throws {
        let jupyter = try JupyterExport.jupyter(path: "a.md", text: Self.header + "# Prose\n\n```tick first\nshow x\n```\n\n```tick\n```\n")
        #expect(jupyter.cells.map(\.kind) == [.raw, .markdown, .code, .code])
        #expect(jupyter.cells.map(\.source) == ["---\ntickbook: 1\ntitle: A title\n---", "# Prose", "show x", ""])
        #expect(jupyter.cells.map { $0.metadata["name"]?.string } == [nil, nil, "first", nil])
    }
}
