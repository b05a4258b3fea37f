import DeltaTable
import Foundation
import Language
import Testing

@testable import Runtime

/// Asserts hold for what is published; what breaks them is told and changes nothing.
@Suite struct AssertTests {
    private let workspace: TestWorkspace

    init() throws {
        workspace = try TestWorkspace()
        try workspace.write("a.csv", prices([("A", "2020-01-02", 1.5), ("A", "2020-01-03", 2.5), ("B", "2020-01-02", 30)]))
    }

    private func cells(_ conditions: String) -> String { pricesCell + "\n```tick audit\nassert(raw.stocks, \(conditions))\n```\n" }

    private func failures(_ cells: String) throws -> [AssertFailure] {
        guard case RunFault.mistakes(let diagnostics)? = try workspace.failure(cells).fault?.underlying else { return [] }
        return diagnostics.compactMap { if case .brokenAssert(let failure) = $0.problem { failure } else { nil } }
    }

    private func findings(_ cells: String) throws -> [AssertFailure.Finding] { try failures(cells).map(\.finding) }

    // MARK: Conditions

    @Test(arguments: [
        "close > 0", "unique(symbol, date)", "not_null(close, symbol)", "rows == 3", "3 <= rows", "symbol in [\"A\", \"B\"]",
        "true",
    ])
    func conditionThatHoldsLetsTheTableBeMade(condition: String) throws {
        let run = try workspace.run(cells(condition))
        #expect(run.tables["raw.stocks"]?.rowCount == 3)
        #expect(run.tables["raw.stocks"]?.conditionsHeld == 1)
    }

    @Test(arguments: [
        ("close > 2", AssertFailure.Finding.rows(1)), ("unique(symbol)", .repeated(2, columns: ["symbol"])),
        ("rows > 3", .rowCount(3)), ("close > 2 and symbol == \"A\"", .rows(2)), ("false", .rows(3)),
    ])
    func conditionThatIsBrokenTellsHowOften(condition: String, finding: AssertFailure.Finding) throws {
        #expect(try findings(cells(condition)) == [finding])
    }

    @Test func nullsMeetNoConditionOfARow() throws {
        try workspace.write("b.csv", pricesHeader + "A,2020-01-04,,5,4\nA,,2,5,4\n")
        let findings = try findings(cells("close > 0, not_null(close, date), not_null(symbol), is_null(close) or close > 0"))
        #expect(findings == [.rows(1), .rows(2)])
    }

    @Test func nullsRepeatNothing() throws {
        try workspace.write("b.csv", pricesHeader + "A,,2,5,4\nA,,2,5,4\n")
        #expect(try workspace.run(cells("unique(symbol, date)")).tables["raw.stocks"]?.rowCount == 5)
    }

    @Test func allBrokenConditionsOfAllAssertsAreToldInOrder() throws {
        let both =
            cells("rows >= 4, close > 0") + "\n```tick more\nassert(raw.stocks, close < 10)\nassert(raw.stocks, unique(symbol))\n```\n"
        #expect(try findings(both) == [.rowCount(3), .rows(1), .repeated(2, columns: ["symbol"])])
    }

    @Test func examplesBeginWithKeyAndColumnsOfTheCondition() throws {
        let failure = try #require(try failures(cells("high < 3")).first)
        #expect(
            failure.examples == [
                "symbol  date         high  close    low", "A       2020-01-03   3.75    2.5   1.25",
                "B       2020-01-02  31.25   30.0  28.75",
            ])
    }

    @Test func atMostFiveRowsAreShown() throws {
        try workspace.write("b.csv", prices((10...29).map { ("C", "2020-01-\($0)", 1) }))
        let failure = try #require(try failures(cells("unique(symbol), rows > 0")).first)
        #expect(failure.finding == .repeated(22, columns: ["symbol"]))
        #expect(failure.examples.count == 6)
    }

    @Test func intsThatNeedMoreThan64BitsAreTold() throws {
        let failure = try workspace.failure(cells("(length(symbol) + 1) * 9223372036854775807 != length(symbol)"))
        #expect(failure.text.hasPrefix("An int result needs more than 64 bits: "), "\(failure.text)")
    }

    // MARK: Publishing

    @Test func brokenAssertPublishesNeitherRowsNorRejects() throws {
        try workspace.write("b.csv", pricesHeader + "A,2020-01-05,1.5,0.5,2.5\n")
        #expect(try failures(cells("close > 2")).first?.consequence == .notPublished(staying: nil))
        #expect(workspace.files(".parquet").isEmpty)
        #expect(workspace.files(".json").isEmpty)
    }

    @Test func versionBeforeStaysAndAMendedSourceGoesOn() throws {
        let cells = cells("close > 0")
        try workspace.run(cells)
        try workspace.write("b.csv", prices([("A", "2020-01-06", -1)]))
        #expect(try failures(cells).first?.consequence == .notPublished(staying: 0))
        #expect(try workspace.rows("raw.stocks").count == 3)
        try workspace.write("b.csv", prices([("A", "2020-01-06", 1)]))
        #expect(try workspace.run(cells).tables["raw.stocks"]?.version == 1)
        #expect(try workspace.rows("raw.stocks").count == 4)
    }

    @Test func newRowThatRepeatsOneOfAKeptFileIsFound() throws {
        let cells = cells("unique(symbol, date)")
        try workspace.run(cells)
        try workspace.write("b.csv", prices([("A", "2020-01-03", 7), ("A", "2020-01-07", 7)]))
        let failure = try #require(try failures(cells).first)
        #expect(failure.finding == .repeated(2, columns: ["symbol", "date"]))
        #expect(
            failure.examples.dropFirst().map { $0.prefix(24) }
                == ["A       2020-01-03    2.5", "A       2020-01-03    7.0"].map { $0.prefix(24) })
    }

    @Test func newDayOfADerivedTableThatRepeatsAKeyIsFound() throws {
        let cells =
            pricesCell
            + "\n```tick process\ntable t.ranges = raw.stocks | derive(range = high - low) | partition(symbol)\nassert(t.ranges, unique(symbol, date))\n```\n"
        try workspace.run(cells)
        try workspace.write("b.csv", prices([("A", "2020-01-03", 7), ("A", "2020-01-06", 7)]))
        #expect(try findings(cells) == [.repeated(2, columns: ["symbol", "date"])])
        #expect(try workspace.rows("t.ranges").count == 3)
        #expect(try workspace.rows("raw.stocks").count == 5)
    }

    @Test func rowCountIsThatOfKeptAndNewRows() throws {
        try workspace.run(cells("rows <= 4"))
        try workspace.write("b.csv", prices([("A", "2020-01-06", 1), ("A", "2020-01-07", 1)]))
        #expect(try findings(cells("rows <= 4")) == [.rowCount(5)])
    }

    /// Files that hold no value of the new rows are not even opened.
    @Test func onlyNewRowsAndThoseTheyMayRepeatAreRead() throws {
        let cells = cells("close > 0, unique(symbol, date), not_null(date)")
        try workspace.run(cells)
        for file in workspace.files(".parquet") { try FileManager.default.removeItem(atPath: workspace.path + "/data/" + file) }
        try workspace.write("b.csv", prices([("A", "2020-01-06", 1)]))
        #expect(try workspace.run(cells).tables["raw.stocks"]?.rowCount == 4)
    }

    @Test func tableWithoutRowsMeetsConditionsOfRows() throws {
        let cells =
            pricesCell
            + "\n```tick none\ntable t.none = raw.stocks | where(close > 1000)\nassert(t.none, close > 0, unique(symbol), rows == 0)\n```\n"
        #expect(try workspace.run(cells).tables["t.none"]?.conditionsHeld == 3)
    }

    // MARK: Asserts that come later

    @Test func unchangedNotebookOpensNoEngine() throws {
        try workspace.run(cells("close > 0, unique(symbol, date)"))
        #expect(try !workspace.run(cells("unique(date, symbol), close > 0")).openedEngine)
    }

    @Test func newAssertIsHeldAgainstThePresentVersionOnce() throws {
        try workspace.run(pricesCell)
        let run = try workspace.run(cells("close > 0"))
        #expect(run.made.isEmpty)
        #expect(run.tables["raw.stocks"]?.conditionsHeld == 1)
        let again = try workspace.run(cells("close > 0"))
        #expect(!again.openedEngine)
        #expect(again.tables["raw.stocks"]?.conditionsHeld == 0)
    }

    @Test func notingAnAssertMakesNoTableThatReadsTheOneAnew() throws {
        let reader = "\n```tick read\ntable t.all = raw.stocks | where(close > 0)\n```\n"
        try workspace.run(pricesCell + reader)
        #expect(try workspace.run(cells("close > 0") + reader).made.isEmpty)
        #expect(try !workspace.run(cells("close > 0") + reader).openedEngine)
    }

    @Test func newAssertThatIsBrokenEndsTheCellAndKeepsTheVersion() throws {
        try workspace.run(pricesCell)
        for _ in 0..<2 { #expect(try failures(cells("close > 2")).first?.consequence == .publishedEarlier(0)) }
        #expect(try workspace.rows("raw.stocks").count == 3)
    }

    @Test func newAssertIsHeldAgainstKeptRowsWhenRowsAreAdded() throws {
        try workspace.run(pricesCell)
        try workspace.write("b.csv", prices([("C", "2020-01-06", 3)]))
        #expect(try findings(cells("close > 2, unique(symbol)")) == [.rows(1), .repeated(2, columns: ["symbol"])])
    }

    @Test func recordWithoutAssertsReadsAsNone() throws {
        #expect(try JSONDecoder().decode(CommitRecord.self, from: Data("{}".utf8)).asserts.isEmpty)
    }
}
