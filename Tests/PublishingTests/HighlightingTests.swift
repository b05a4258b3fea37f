import Testing

@testable import Publishing

@Suite struct HighlightingTests {
    @Test func tokensAreMarkedByWhatTheyAre() {
        let html = CodeHighlighting.html("table t.a = `Adj Close`|where(x>1, y<\"<b>\") # a & b\n")
        #expect(
            html == "<span class=\"k\">table</span> t.a = <span class=\"q\">`Adj Close`</span><span class=\"p\">|</span>"
                + "<span class=\"v\">where</span>(x&gt;<span class=\"n\">1</span>, y&lt;<span class=\"s\">&quot;&lt;b&gt;&quot;</span>) "
                + "<span class=\"c\"># a &amp; b</span>\n")
    }

    @Test(arguments: ["", "\n\n", "show x | (", "\"open", "\t§ ¤\r\n", "é\u{301}\u{7}"]) func codeWithMistakesKeepsEveryWord(code: String) {
        let html = CodeHighlighting.html(code)
        #expect(html.replacing(/<[^>]*>/, with: "") == code.htmlEscaped)
    }
}
