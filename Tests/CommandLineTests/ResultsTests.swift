import ChildPrograms
import Foundation
import Testing

/// Results as a user sees them: tables, charts, and the files of charts.
@Suite struct ResultsTests {
    private static let python = repositoryFolder + "/.deps/charts/bin/python"
    private let line: CommandLine

    /// Two symbols over 60 days, one of them with a price missing.
    init() throws {
        line = try CommandLine()
        var rows = ["Ticker,Date,Open,High,Low,Close,Volume"]
        for symbol in ["AAPL", "IBM"] {
            for day in 0..<60 {
                let (month, date) = (day / 28 + 1, day % 28 + 1)
                let price = (symbol == "IBM" ? 200 : 50) + day % 7
                let close = symbol == "IBM" && day == 5 ? "" : "\(price + 1)"
                rows.append(
                    "\(symbol),2012-0\(month)-\(date < 10 ? "0" : "")\(date),\(price),\(price + 3),\(price - 2),\(close),\(1000 + day)")
            }
        }
        try line.write("data/inbox/prices.csv", rows.joined(separator: "\n") + "\n")
        try line.notebook(
            """
            ```tick prices
            table prices =
              csv("data/inbox/*.csv")
              | rename(symbol = Ticker, date = Date, open = Open, high = High, low = Low, close = Close, volume = Volume)
              | key(symbol, date)
            show prices | take(2) as csv
            show prices | take(1) as json
            ```
            """)
        let made = try line.tickbook("run", "notebook.md")
        try #require(made.code == 0, "\(made.errors)")
        #expect(
            made.lines[1...].prefix(4) == [
                "symbol,date,open,high,low,close,volume", "AAPL,2012-01-01,50,53,48,51,1000", "AAPL,2012-01-02,51,54,49,52,1001",
                #"{"symbol":"AAPL","date":"2012-01-01","open":50,"high":53,"low":48,"close":51,"volume":1000}"#,
            ])
    }

    private func query(_ text: String, _ environment: [String: String] = [:]) throws -> Ended {
        try line.tickbook("query", text, environment: environment)
    }

    @Test func whatAdviceSaysCanBeTyped() throws {
        let first = try query("prices | derive(twice = 2 * close)", ["COLUMNS": "40"])
        #expect(first.lines.allSatisfy { $0.count <= 40 })
        let advice = first.errors.split(separator: "\n").filter { $0.hasPrefix("more ") }
        #expect(advice.count == 2)
        let statements = advice.flatMap { $0.split(separator: "; all of them: ") }.map { part in
            String(part.drop { $0 != "s" }.trimmingPrefix("s: "))
        }.map { $0.hasPrefix("show") ? $0 : String($0[$0.firstRange(of: "show ")!.lowerBound...]) }
        #expect(statements.count == 3)
        let more = try statements.map { try query($0) }
        #expect(more.map(\.code) == [0, 0, 0], "\(statements) \(more.map(\.errors))")
        // The rows behind the first 30, all rows, the columns that were left out.
        #expect(more[0].lines.count == 3 + 40)
        #expect(more[1].lines.count == 1 + 120)
        #expect(more[2].lines[0].contains("close"))
    }

    @Test func describeCountsWhatIsThereAndWhatIsNot() throws {
        let described = try query("show prices | select(symbol, date, close) | describe() as json")
        #expect(described.code == 0, "\(described.errors)")
        #expect(described.lines.count == 3)
        #expect(described.lines[0].hasPrefix(#"{"column":"symbol","type":"string","count":120,"nulls":0,"mean":null"#))
        #expect(described.lines[0].contains(#""from":"AAPL","to":"IBM","distinct":2,"top":"AAPL","distribution":"██""#))
        #expect(described.lines[1].contains(#""from":"2012-01-01","to":"2012-03-04","distinct":60"#))
        #expect(described.lines[2].hasPrefix(#"{"column":"close","type":"int","count":119,"nulls":1"#))
        #expect(described.lines[2].contains(#""min":51.0"#) && described.lines[2].contains(#""max":207.0"#))
    }

    @Test func chartsBecomeFilesAndAreDrawnAgainOverThemselves() throws {
        try #require(access(Self.python, X_OK) == 0, "no \(Self.python): run make deps")
        try line.write(
            "charts.md",
            """
            ---
            tickbook: 1
            ---
            ```tick charts
            let ibm = prices | where(symbol == "IBM")
            plot ibm | line(close, open, title = "Close & open") to "charts/lines.svg"
            plot ibm | candlestick() to "charts/candles.png"
            plot prices | scatter(volume, close, color = symbol) to "charts/points.html"
            plot prices | histogram(close) to "charts/close.json"
            ```
            """)
        let stored = try names("data")
        for _ in 0..<2 {
            let ended = try line.tickbook("run", "charts.md", environment: ["TICKBOOK_CHARTS_PYTHON": Self.python])
            try #require(ended.code == 0, "\(ended.errors)")
        }
        #expect(try bytes("charts/candles.png").starts(with: [0x89, 0x50, 0x4E, 0x47]))
        let svg = String(decoding: try bytes("charts/lines.svg"), as: UTF8.self)
        #expect(svg.hasPrefix("<svg") && svg.contains("Close &amp; open"))
        let page = String(decoding: try bytes("charts/points.html"), as: UTF8.self)
        #expect(page.contains("vegaEmbed") && !page.contains("src=\"http"))
        #expect(String(decoding: try bytes("charts/close.json"), as: UTF8.self).contains("\"binned\""))
        #expect(try names("charts") == ["candles.png", "close.json", "lines.svg", "points.html"])
        #expect(try names("data") == stored)
    }

    @Test func filesOfOthersAreLeftAlone() throws {
        try line.write("own.json", "{}")
        let refused = try query(#"plot prices | line(close) to "own.json""#)
        #expect(refused.code == 1)
        #expect(refused.errors.contains("'own.json' is there and is no chart of ours"))
        #expect(try bytes("own.json") == Data("{}".utf8))
        try FileManager.default.createSymbolicLink(atPath: line.path + "/link", withDestinationPath: "data/prices")
        let among = try query(#"plot prices | line(close) to "link/close.json""#)
        #expect(among.code == 1 && among.errors.contains("lies among stored tables and models"))
        #expect(!FileManager.default.fileExists(atPath: line.path + "/data/prices/close.json"))
    }

    @Test func aMissingRendererIsNamedWithItsRemedy() throws {
        let ended = try query(#"plot prices | line(close) to "close.svg""#, ["TICKBOOK_CHARTS_PYTHON": "/nonexistent/python"])
        #expect(ended.code == 1)
        #expect(ended.errors.contains("scripts/deps charts") && ended.errors.contains("close.svg"))
        #expect(!FileManager.default.fileExists(atPath: line.path + "/close.svg"))
    }

    @Test func whatCannotBeOneLineIsSaid() throws {
        let several = try query("plot prices | candlestick()")
        #expect(several.code == 1 && several.errors.contains(#"| where(symbol == "AAPL")"#))
        let twice = try query("plot prices | derive(all = 1) | line(close, color = all)")
        #expect(twice.code == 1 && twice.errors.contains("finds several rows at date 2012-01-01"))
    }

    @Test func drawingsFillTheTerminalWithoutColourWhereThereIsNone() throws {
        let drawn = try query("plot prices | line(close)", ["COLUMNS": "64", "LINES": "18"])
        #expect(drawn.code == 0 && !drawn.output.contains("\u{1B}"))
        #expect(drawn.lines.count == 16 && drawn.lines.allSatisfy { $0.count <= 64 })
    }

    @Test func aClosedPipeEndsQuietly() throws {
        let command =
            "'\(CommandLine.program)' query 'show prices | join((prices | select(date, other = symbol)), on = date) as csv' | head -1"
        let ended = try CommandLine.run("/bin/sh", ["-c", command], in: line.path)
        #expect(ended.code == 0 && ended.lines.count == 1 && ended.errors.isEmpty, "\(ended.errors)")
    }

    private func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: line.path + "/" + folder).sorted()
    }

    private func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: line.path + "/" + name)) }
}
