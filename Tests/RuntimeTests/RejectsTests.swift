import Foundation
import Testing

@testable import Runtime

/// Rows that don't fit are kept with file, line, text and rule, and follow their file.
@Suite struct RejectsTests {
    private let workspace: TestWorkspace

    init() throws { workspace = try TestWorkspace() }

    private func rejects() throws -> [String] { try workspace.rows("raw.stocks__rejects | sort(file, line) | select(file, line, rule)") }

    private static let broken = "A,2020-01-03,1.5,0.5,2.5\n"

    @Test func brokenRuleKeepsLineTextAndRule() throws {
        try workspace.write("a.csv", prices([("A", "2020-01-02", 1.5)]) + Self.broken)
        let outcome = try #require(try workspace.run(pricesCell).tables["raw.stocks"])
        #expect(outcome.rowsRejected == 1)
        #expect(try workspace.rows("raw.stocks__rejects") == ["data/inbox/a.csv|3|A,2020-01-03,1.5,0.5,2.5|high >= low"])
        #expect(try workspace.rows("raw.stocks").count == 1)
    }

    private static let showing = "\n```tick look\nshow raw.stocks__rejects | select(file, rule)\n```\n"

    @Test func rejectsCanBeShownBeforeTheFirstRunAndWhereNothingWasRejected() throws {
        try workspace.write("a.csv", prices([("A", "2020-01-02", 1.5)]))
        #expect(try workspace.run(pricesCell + Self.showing).made == ["raw.stocks"])
        #expect(try rejects().isEmpty)
        #expect(try workspace.run(pricesCell + Self.showing).made.isEmpty)
        #expect(workspace.files("stocks__rejects/_delta_log/00000000000000000000.json").count == 1)
        #expect(workspace.files("stocks__rejects/_delta_log/00000000000000000001.json").isEmpty)
    }

    @Test func missingRejectsOfATableUpToDateAreMade() throws {
        try workspace.write("a.csv", prices([("A", "2020-01-02", 1.5)]))
        try workspace.run(pricesCell)
        try FileManager.default.removeItem(atPath: workspace.path + "/data/raw/stocks__rejects")
        #expect(try workspace.run(pricesCell + Self.showing).made.isEmpty)
        #expect(try rejects().isEmpty)
    }

    @Test func tablesMadeOfRejectsStayUpToDate() throws {
        try workspace.write("a.csv", prices([("A", "2020-01-02", 1.5)]))
        let cells = pricesCell + "\n```tick faults\ntable raw.faults = raw.stocks__rejects | group(rule) | summarize(n = count())\n```\n"
        try workspace.run(cells)
        #expect(try workspace.run(cells).made.isEmpty)
        try workspace.write("b.csv", pricesHeader + Self.broken)
        #expect(try workspace.run(cells).made == ["raw.stocks", "raw.faults"])
        #expect(try workspace.rows("raw.faults") == ["high >= low|1"])
    }

    @Test func unreadableLinesAreKeptToo() throws {
        try workspace.write(
            "a.csv",
            prices([("A", "2020-01-02", 1.5)]) + "A,2020-01-03,1.5\n" + prices([("A", "2020-01-04", 1.5)]).dropFirst(pricesHeader.count))
        try workspace.run(pricesCell)
        #expect(try rejects() == ["data/inbox/a.csv|3|unreadable: 3 columns where 5 are expected"])
    }

    @Test func valuesOfTheWrongTypeNameColumnAndValue() throws {
        try workspace.write("a.csv", prices([("A", "2020-01-02", 1.5)]) + "A,2020-01-03,x,2.5,1\n")
        try workspace.run(pricesCell.replacing("*.csv*\"", with: "*.csv*\", types = types(Close = double)"))
        #expect(try rejects() == ["data/inbox/a.csv|3|unreadable: Close: 'x' is not a number"])
    }

    @Test(arguments: ["\n", "\r\n"])
    func lineIsRightAfterQuotedBreaksAndBlankLines(lineEnd: String) throws {
        let lines = [
            "Ticker,Date,Close,High,Low,Note", "A,2020-01-02,1.5,2.5,0.5,\"two\(lineEnd)lines, \"\"quoted\"\"\"", "",
            "A,2020-01-03,1.5,0.5,2.5,\"x\(lineEnd)y\"", "A,2020-01-04,1.5,0.5,2.5,z",
        ]
        try workspace.write("a.csv", lines.map { $0 + lineEnd }.joined())
        try workspace.run(pricesCell)
        #expect(try rejects() == ["data/inbox/a.csv|5|high >= low", "data/inbox/a.csv|7|high >= low"])
        #expect(try workspace.rows("raw.stocks | select(Note)") == ["two\(lineEnd)lines, \"quoted\""])
    }

    @Test func lineIsRightWithoutHeader() throws {
        try workspace.write("a.csv", "A,2020-01-02,1.5,2.5,0.5\nA,2020-01-03,1.5,0.5,2.5\n")
        let cell = """
            ```tick ingest
            table raw.stocks =
              csv("data/inbox/*.csv", header = false)
              | rename(symbol = column0, date = column1, high = column3, low = column4)
              | require(high >= low, else = reject)
            ```
            """
        try workspace.run(cell)
        #expect(try rejects() == ["data/inbox/a.csv|2|high >= low"])
    }

    @Test func lineIsRightAfterUnreadableLines() throws {
        try workspace.write("a.csv", prices([("A", "2020-01-02", 1.5)]) + "A,2020\n" + Self.broken)
        try workspace.run(pricesCell)
        #expect(try rejects() == ["data/inbox/a.csv|3|unreadable: 2 columns where 5 are expected", "data/inbox/a.csv|4|high >= low"])
    }

    @Test func gzippedFile() throws {
        try workspace.write("a.csv", prices([("A", "2020-01-02", 1.5)]) + Self.broken)
        try Shell.run("/bin/gzip", [workspace.path + "/data/inbox/a.csv"])
        try workspace.run(pricesCell)
        #expect(try rejects() == ["data/inbox/a.csv.gz|3|high >= low"])
    }

    @Test func byteOrderMarkSemicolonsAndCRLF() throws {
        try workspace.write("a.csv", "\u{FEFF}Ticker;Date;Close;High;Low\r\nA;2020-01-02;1.5;2.5;0.5\r\nA;2020-01-03;1.5;0.5;2.5\r\n")
        try workspace.run(pricesCell)
        #expect(try workspace.rows("raw.stocks") == ["A|2020-01-02|1.5|2.5|0.5"])
        #expect(try rejects() == ["data/inbox/a.csv|3|high >= low"])
    }

    @Test func warningKeepsTheRowAndCountsIt() throws {
        try workspace.write("a.csv", prices([("A", "2020-01-02", 1.5)]) + Self.broken)
        let outcome = try #require(try workspace.run(pricesCell.replacing("reject", with: "warn")).tables["raw.stocks"])
        #expect(outcome.rowsWarned == 1)
        #expect(outcome.rowCount == 2)
    }

    @Test func rejectsGoWithTheFileThatHeldThem() throws {
        try workspace.write("a.csv", prices([("A", "2020-01-02", 1.5)]) + Self.broken)
        try workspace.write("b.csv", prices([("B", "2020-01-02", 1.5)]) + Self.broken)
        try workspace.run(pricesCell)
        #expect(try rejects().count == 2)
        try workspace.remove("a.csv")
        try workspace.run(pricesCell)
        #expect(try rejects() == ["data/inbox/b.csv|3|high >= low"])
        try workspace.write("b.csv", prices([("B", "2020-01-02", 1.5)]))
        try workspace.run(pricesCell)
        #expect(try rejects().isEmpty)
    }

    @Test func notANumberBecomesNull() throws {
        try workspace.write(
            "a.csv",
            pricesHeader + "A,2020-01-02,NaN,2.5,0.5\nA,2020-01-03,inf,2.5,0.5\nA,2020-01-04,-inf,2.5,0.5\nA,2020-01-05,1.5,2.5,0.5\n")
        try workspace.run(pricesCell)
        #expect(try workspace.rows("raw.stocks | select(close)") == ["null", "null", "null", "1.5"])
    }

    @Test func lineIsRightBehindAQuoteWithinAValue() throws {
        let lines = ["Ticker,Date,Close,High,Low,Note", "A,2020-01-02,1.5,2.5,0.5,5\" pipe", "A,2020-01-03,1.5,0.5,2.5,z"]
        try workspace.write("a.csv", lines.map { $0 + "\n" }.joined())
        try workspace.run(pricesCell)
        #expect(try rejects() == ["data/inbox/a.csv|3|high >= low"])
    }

    @Test func rejectsOfAFailedCommitStayReadable() throws {
        try workspace.write("a.csv", prices([("A", "2020-01-02", 1.5)]) + Self.broken)
        let table = workspace.path + "/data/raw/stocks"
        try FileManager.default.createDirectory(atPath: table, withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: table + "/_delta_log"))
        #expect(try workspace.failure(pricesCell).fault != nil)
        #expect(try rejects() == ["data/inbox/a.csv|3|high >= low"])
    }
}
