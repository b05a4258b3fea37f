import Foundation
import Testing

@testable import Runtime

/// What is wrong with a source file ends in one message that names it, and in nothing written.
@Suite struct SourceFaultTests {
    private let workspace: TestWorkspace

    init() throws { workspace = try TestWorkspace() }

    private static let good = prices([("A", "2020-01-02", 10.5)])

    private func expectFault(_ words: String..., cells: String = pricesCell, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let failure = try workspace.failure(cells)
        for part in words { #expect(failure.text.contains(part), "\(failure.text)", sourceLocation: sourceLocation) }
        #expect(workspace.files(".parquet").isEmpty, sourceLocation: sourceLocation)
        #expect(workspace.files(".json").isEmpty, sourceLocation: sourceLocation)
    }

    @Test func globWithoutMatch() throws { try expectFault("no file matches 'data/inbox/*.csv*'") }

    @Test func emptyFile() throws {
        try workspace.write("a.csv", Self.good)
        try workspace.write("b.csv", "")
        try expectFault("'data/inbox/b.csv' is empty")
    }

    @Test func blankFile() throws {
        try workspace.write("a.csv", "\n\r\n \n")
        try expectFault("'data/inbox/a.csv' is empty")
    }

    @Test func headersWithoutRows() throws {
        try workspace.write("a.csv", pricesHeader)
        try expectFault("'data/inbox/a.csv' is empty", "expected: a header line and rows")
    }

    @Test func columnMissingInOneFile() throws {
        try workspace.write("a.csv", Self.good)
        try workspace.write("b.csv", "Ticker,Date,Close,High\nA,2020-01-03,1.5,2.5\n")
        try expectFault("'data/inbox/b.csv' has no column 'Low'", "it has: Ticker, Date, Close, High")
    }

    @Test func numbersWithAWordAmongThem() throws {
        try workspace.write("a.csv", Self.good + "A,2020-01-03,n/a,2.5,1.5\n")
        try expectFault("column 'Close' holds numbers, but also 'n/a'", "null_text = \"n/a\"", "types(Close = double)")
    }

    @Test func datesWhoseOrderIsNotNamed() throws {
        try workspace.write("a.csv", pricesHeader + "A,03/04/2020,1.5,2.5,0.5\n")
        try expectFault("column 'Date' holds '03/04/2020'", "date_format = \"dd/mm/yyyy\"")
    }

    @Test func datesOfAnotherForm() throws {
        try workspace.write("a.csv", pricesHeader + "A,13/04/2020,1.5,2.5,0.5\n")
        let cell = pricesCell.replacing("*.csv*\"", with: "*.csv*\", date_format = \"mm/dd/yyyy\", types = types(Date = date)")
        try expectFault(
            "No line of 'data/inbox/a.csv' can be read. The first is line 2", "A,13/04/2020,1.5,2.5,0.5", "Date: '13/04/2020'", cells: cell)
    }

    @Test func laterFileWithDatesOfAnotherForm() throws {
        try workspace.write("a.csv", Self.good)
        try workspace.write("b.csv", pricesHeader + "A,03/04/2020,1.5,2.5,0.5\n")
        try expectFault("No line of 'data/inbox/b.csv' can be read", "'03/04/2020' is not a date of the form expected")
    }

    @Test func raggedLinesWhereNothingIsSetAside() throws {
        try workspace.write("a.csv", Self.good + "A,2020-01-03,1.5\n")
        let cell = pricesCell.replacing("  | require(high >= low, else = reject)\n", with: "")
        try expectFault("1 line of 'data/inbox/a.csv' cannot be read. The first is line 3", "3 columns where 5 are expected", cells: cell)
    }

    @Test func mixedLineEnds() throws {
        try workspace.write("a.csv", "Ticker,Date,Close,High,Low\r\nA,2020-01-02,1.5,2.5,0.5\nA,2020-01-03,\"1.5\",2.5,0.5\r\n")
        try expectFault("'data/inbox/a.csv' cannot be read: its lines end in different ways, the first in CRLF, line 2 in LF", "dos2unix")
    }

    @Test func headerThatIsSaidNotToBeThere() throws {
        try workspace.write("a.csv", Self.good)
        try expectFault(
            "its first line looks like a header: Ticker, Date, Close, High, Low", "leave header = false out",
            cells: pricesCell.replacing("*.csv*\"", with: "*.csv*\", header = false"))
    }

    @Test func highBelowLowEndsTheCellWhereItIsToFail() throws {
        try workspace.write("a.csv", Self.good + "A,2020-01-03,1.5,0.5,2.5\n")
        try expectFault(
            "1 row of 'data/inbox/a.csv' broke the rule high >= low, the first at line 3; nothing was written", "date = 2020-01-03",
            cells: pricesCell.replacing("reject", with: "fail"))
    }

    @Test func lineOfABrokenRuleCountsUnreadableLinesToo() throws {
        try workspace.write("a.csv", Self.good + "A,2020\nA,2020-01-03,1.5,0.5,2.5\n")
        try expectFault("the first at line 4", cells: pricesCell.replacing("reject", with: "fail"))
    }

    @Test func faultOfALaterFileLeavesTheTableAsItWas() throws {
        try workspace.write("a.csv", Self.good)
        try workspace.run(pricesCell.replacing("reject", with: "fail"))
        try workspace.write("b.csv", prices([("A", "2020-01-03", 10.5)]) + "A,2020-01-04,1.5,0.5,2.5\n")
        _ = try workspace.failure(pricesCell.replacing("reject", with: "fail"))
        #expect(try workspace.rows("raw.stocks | select(date)") == ["2020-01-02"])
        #expect(workspace.files(".parquet").count == 1)
    }

    @Test func duplicateKeysBeforeASeries() throws {
        try workspace.write("a.csv", prices([("A", "2020-01-02", 1), ("B", "2020-01-02", 1), ("B", "2020-01-02", 2)]))
        let failure = try workspace.failure(pricesCell + "\n```tick features\ntable t.f = raw.stocks\n  | derive(p = prev(close))\n```\n")
        #expect(failure.text.contains("Two rows have the key (B, 2020-01-02)"), "\(failure.text)")
        #expect(failure.text.contains("latest()"))
        #expect(failure.fault?.cell == "features")
        #expect(try workspace.rows("raw.stocks | select(symbol)").count == 3)
        #expect(!workspace.files("").contains("t"))
    }

    @Test func corruptLogNamesFileAndLine() throws {
        try workspace.write("a.csv", Self.good)
        try workspace.run(pricesCell)
        try Data("{\"add\":{\"path\":".utf8).write(
            to: URL(fileURLWithPath: workspace.path + "/data/raw/stocks/_delta_log/00000000000000000000.json"))
        let failure = try workspace.failure(pricesCell)
        #expect(failure.text.contains("00000000000000000000.json, line 1: invalid JSON"), "\(failure.text)")
        #expect(failure.fault?.cell == "ingest")
    }

    @Test func corruptLogOfATableFromElsewhereIsNoUnknownTable() throws {
        try workspace.write("a.csv", Self.good)
        try workspace.run(pricesCell)
        try Data("{".utf8).write(to: URL(fileURLWithPath: workspace.path + "/data/raw/stocks/_delta_log/00000000000000000000.json"))
        let context = RunContext(workspace: workspace.workspace, provider: TestWorkspace.engine)
        let loaded = LoadedNotebook.check(
            pipeline: "raw.stocks", catalog: WorkspaceCatalog(context: context), functions: TestWorkspace.functions)
        #expect(throws: (any Error).self) { try context.checkLogs(for: loaded.diagnostics) }
    }
}
