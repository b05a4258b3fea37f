import Testing

@testable import Runtime

/// What a changed definition makes again, and what it leaves.
@Suite struct DefinitionChangeTests {
    private let workspace: TestWorkspace

    init() throws {
        workspace = try TestWorkspace()
        try workspace.write("a.csv", prices((1...20).map { ("A", "2020-01-\($0 < 10 ? "0" : "")\($0)", Double($0)) }))
        try workspace.run(Self.cells())
    }

    /// Three tables in a row; only the last two read `middle`, and only `other` reads its column `ma`.
    private static func cells(middle: String = "ma = sma(close, 3)", condition: String = "close > 0") -> String {
        pricesCell + """

            ```tick features
            table t.middle = raw.stocks | where(\(condition)) | derive(\(middle))
            table t.last = t.middle | select(symbol, date, close) | derive(r = change(close))
            table t.other = t.middle | select(symbol, date, ma) | derive(d = diff(ma))
            ```
            """
    }

    @Test func addedColumnLeavesTablesThatDoNotReadIt() throws {
        #expect(try workspace.run(Self.cells(middle: "ma = sma(close, 3), top = max(close, 4)")).made == ["t.middle"])
    }

    @Test func changedColumnMakesAgainTheTablesThatReadIt() throws {
        #expect(try workspace.run(Self.cells(middle: "ma = sma(close, 4)")).made == ["t.middle", "t.other"])
    }

    @Test func changedRowsMakeAgainAllTablesAfter() throws {
        #expect(try workspace.run(Self.cells(condition: "close > 2")).made == ["t.middle", "t.last", "t.other"])
    }

    @Test func tablesLeftAloneStillFollowTheNextChange() throws {
        try workspace.run(Self.cells(middle: "ma = sma(close, 3), top = max(close, 4)"))
        try workspace.write("b.csv", prices([("A", "2020-02-01", 30)]))
        let run = try workspace.run(Self.cells(middle: "ma = sma(close, 3), top = max(close, 4)"))
        #expect(run.tables["t.last"]?.work.extent == .changes(entities: 1, rows: 1))
        #expect(try workspace.rows("t.last | where(date == date(\"2020-02-01\")) | select(r)") == ["0.5"])
    }
}
