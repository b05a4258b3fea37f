import Language
import Testing

@testable import Publishing

/// Prose as HTML: nothing of it runs, nothing of it is loaded, and cells stand where they stood.
@Suite struct ProseTests {
    private func pieces(_ markdown: String, picture: (String) -> String? = { _ in nil }) -> [RenderedProse.Piece] {
        let (notebook, diagnostics) = Notebook.parse(path: "a.md", text: "---\ntickbook: 1\n---\n" + markdown)
        #expect(diagnostics.isEmpty)
        return RenderedProse(notebook, picture: picture).pieces
    }

    @Test func cellsStandBetweenTheProse() {
        let found = pieces("# A\n\n```tick a\nx\n```\n```tick b\n```\n\nSee [there][1].\n\n~~~tick c\nz\n~~~\n\n[1]: https://example.org\n")
        #expect(
            found == [
                .html("<h1>A</h1>\n"), .cell(0), .cell(1), .html("\n<p>See <a href=\"https://example.org\">there</a>.</p>\n"), .cell(2),
            ])
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a <b onclick=\"x()\">b</b>", "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)", "<iframe src=\"https://example.org\"></iframe>", "![x](https://example.org/x.png)",
        "<style>@import url(https://example.org)</style>",
    ])
    func nothingDangerousIsLeft(markdown: String) {
        for case .html(let html) in pieces(markdown + "\n\n```tick a\nx\n```\n") {
            for word in ["<script", "<img", "onclick", "onerror=alert(1)>", "javascript:", "data:text", "<iframe", "<style", "src="] {
                #expect(!html.contains(word), "\(html)")
            }
        }
    }

    @Test func picturesBesideTheNotebookAreEmbedded() {
        let found = pieces("![chart](plots/a.png) ![gone](b.png)\n\n```tick a\nx\n```\n") {
            $0 == "plots/a.png" ? "data:image/png;base64,AAAA" : nil
        }
        #expect(
            found.first
                == .html("<p><img src=\"data:image/png;base64,AAAA\" alt=\"chart\" /> <span class=\"missing\">gone</span></p>\n"))
    }

    @Test func tablesTasksAndFootnotesAreRendered() {
        let found = pieces("| a |\n|--:|\n| 1 |\n\n- [x] done\n\n~~old~~ see[^1]\n\n[^1]: a note\n\n```tick a\nx\n```\n")
        let html = found.map { if case .html(let html) = $0 { html } else { "" } }.joined()
        for word in ["<th align=\"right\">a</th>", "type=\"checkbox\"", "<del>old</del>", "class=\"footnotes\""] {
            #expect(html.contains(word), "\(html)")
        }
    }
}
