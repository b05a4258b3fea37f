import ChildPrograms
import Foundation
import Testing

/// Reports of notebooks, as files and as a browser shows them. The pictures stay in reports/ for people to look at.
@Suite(.serialized) struct ReportTests {
    nonisolated(unsafe) private static let shared = Result { () throws -> (line: CommandLine, done: Ended, failed: Ended) in
        let line = try CommandLine.sample()
        let done = try line.tickbook("report", "notebook.md", "--to", "done.html")
        try line.write("failing.md", failing)
        return (line, done, try line.tickbook("report", "failing.md", "--to", "failed.html"))
    }

    private static let failing = """
        ---
        tickbook: 1
        title: A closer look & more
        ---
        See <script>alert(1)</script> ![far](https://pictures.example/far.png) and <img src="https://pictures.example/raw.png">.

        ```tick look
        show curated.stocks.indicators | where(symbol == "IBM") | select(symbol, date, close, ma_7) | take(9)
        ```
        ```tick draw
        plot curated.stocks.daily_prices | where(symbol == "IBM", date >= "2012-06-01") | derive(ma_20 = sma(close, 20)) | line(close, ma_20, title = "IBM")
        plot curated.stocks.daily_prices | where(symbol == "AAPL", date >= "2012-10-01") | candlestick(title = "AAPL")
        ```
        ```tick bad
        table t.big = curated.stocks.daily_prices | derive(x = volume * 9223372036854775)
        ```
        ```tick later
        table t.later = t.big | where(x > 0)
        ```

        """

    private let line: CommandLine
    private let done: Ended
    private let failed: Ended

    init() throws { (line, done, failed) = try Self.shared.get() }

    private func page(_ name: String) throws -> String { try String(contentsOfFile: line.path + "/" + name, encoding: .utf8) }

    @Test func aReportHoldsProseCodeAndResults() throws {
        #expect(done.code == 0, "\(done.errors)")
        let html = try page("done.html")
        for words in [
            "<h1>Next-day direction</h1>", "<span class=\"k\">table</span> raw.stocks", ">12,154 rows</span>",
            "<span class=\"version\">v0</span>",
            "read <code>curated.stocks.daily_prices</code>", "area under the ROC curve", "first run", "Versions read and written",
            "Serves stock_direction on port 8000",
        ] {
            #expect(html.contains(words), "\(words)")
        }
    }

    @Test func aFailingCellIsInTheReportAndTheExitCode() throws {
        #expect(failed.code == 1)
        #expect(failed.errors.contains("failing.md:15:45: error: cell 'bad' failed"))
        let html = try page("failed.html")
        for words in [
            "<td>IBM</td><td>2000-03-01</td>", "class=\"null number\">∅</td>", "<p class=\"count\">9 rows</p>",
            "<pre class=\"fault\">failing.md:15:45: error:",
            "<section class=\"cell notRun\" id=\"cell-4\">", "a cell failed", "A closer look &amp; more",
            // As a picture, or as text on a machine without the renderer.
            failed.errors.contains("charts are drawn as text") ? "aria-label=\"IBM\"" : "<img alt=\"IBM\" src=\"data:image/svg+xml;base64,",
        ] {
            #expect(html.contains(words), "\(words)")
        }
    }

    @Test func resultsOfOneCellHaveTheirStatementsAndVersions() throws {
        let html = try page("failed.html")
        // Of two charts each has its statement; the rows that stand alone need none.
        #expect(html.components(separatedBy: "<p class=\"statement\">").count == 3)
        #expect(html.contains("<td>rows of look</td><td>–</td><td>shown</td><td><code>curated.stocks.indicators</code> v0"))
        #expect(html.contains("<td>chart of draw</td>"))
        #expect(try page("done.html").contains("files <code>data/inbox/"))
    }

    @Test func theNotebookAndWhatIsStoredAreNotWrittenOver() throws {
        let text = try page("notebook.md")
        for target in ["notebook.md", "./data/../notebook.md", line.path + "/notebook.md"] {
            let refused = try line.tickbook("report", "notebook.md", "--to", target, "--replace", "--no-run")
            #expect(refused.code == 1 && refused.errors.contains("it is the notebook itself"), "\(refused.errors)")
        }
        for target in ["data/x.html", "models/x.html"] {
            let refused = try line.tickbook("report", "notebook.md", "--to", target, "--no-run")
            #expect(refused.code == 1 && refused.errors.contains("among stored tables"), "\(refused.errors)")
        }
        #expect(try page("notebook.md") == text)
    }

    @Test func nothingInAReportRunsOrIsLoaded() throws {
        for html in [try page("done.html"), try page("failed.html")] {
            #expect(html.contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:"))
            for word in ["<script", "<img src=", "<link", "url(", "src=\"http", "@import"] { #expect(!html.contains(word), "\(word)") }
        }
    }

    @Test func aReportWithoutARunReadsAndWritesNothing() throws {
        let before = try line.tickbook("table", "history", "raw.stocks").output
        let ended = try line.tickbook("report", "notebook.md", "--to", "stored.html", "--no-run", "-p", "horizon=5")
        #expect(ended.code == 0, "\(ended.errors)")
        let html = try page("stored.html")
        #expect(html.contains("as it stands, not run"))
        #expect(html.contains("next run: definition changed"))
        #expect(html.contains("<b>horizon</b> 5"))
        #expect(try line.tickbook("table", "history", "raw.stocks").output == before)
    }

    @Test func onlyAReportIsReplacedUnasked() throws {
        try line.write("mine.html", "<html>mine</html>")
        let refused = try line.tickbook("report", "notebook.md", "--to", "mine.html", "--no-run")
        #expect(refused.code == 1 && refused.errors.contains("mine.html is there already"))
        #expect(try page("mine.html") == "<html>mine</html>")
        try FileManager.default.copyItem(atPath: line.path + "/done.html", toPath: line.path + "/again.html")
        #expect(try line.tickbook("report", "notebook.md", "--to", "again.html", "--no-run").code == 0)
        #expect(try page("again.html") != page("done.html"))
    }

    @Test func aBrowserShowsReportsAndLoadsNothing() throws {
        let browser = try #require(Browser.installed, "chromium is missing; run: make deps")
        let pictures = [
            try browser.shoot(line.path + "/done.html", "report", width: 1000, height: 3300),
            try browser.shoot(line.path + "/failed.html", "report-failed-dark", width: 1000, height: 2300, isDark: true),
            try browser.shoot(line.path + "/done.html", "report-phone", width: 390, height: 1600),
        ]
        for picture in pictures {
            #expect(!picture.log.contains("pictures.example"), "a report asked for a picture elsewhere")
            #expect(picture.differentRows > 300, "\(picture.path) is blank: \(picture.differentRows) different rows")
        }
    }

    /// The test above can fail: a page that does load a picture is found out.
    @Test func aPageThatLoadsSomethingIsNoticed() throws {
        let browser = try #require(Browser.installed, "chromium is missing; run: make deps")
        try line.write("loading.html", "<html><img src=\"https://pictures.example/x.png\"></html>")
        let picture = try browser.shoot(line.path + "/loading.html", "loading", width: 300, height: 300, keeps: false)
        #expect(picture.log.contains("pictures.example"))
        #expect(picture.differentRows < 100)
    }
}
