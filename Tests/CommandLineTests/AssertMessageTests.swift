import ChildPrograms
import Testing

/// What a broken assert prints.
@Suite struct AssertMessageTests {
    private let line: CommandLine

    init() throws {
        line = try CommandLine()
        try line.notebook(
            """
            ```tick ingest
            table raw.prices = csv("data/inbox/*.csv") | key(symbol, date)
            assert(raw.prices, close > 0, unique(symbol, date), rows >= 3)
            ```

            """)
    }

    @Test func everyBrokenConditionStandsAtItsPlaceWithItsRows() throws {
        try line.write("data/inbox/a.csv", "symbol,date,close\nA,2020-01-02,-1.5\nA,2020-01-02,\n")
        let ended = try line.tickbook("run", "notebook.md")
        #expect(ended.code == 1)
        #expect(
            ended.errors == """
                notebook.md:6:20: error: 2 rows of raw.prices break the assert close > 0
                    6 | assert(raw.prices, close > 0, unique(symbol, date), rows >= 3)
                      |                    ^^^^^^^^^
                      = rows:
                        symbol  date        close
                        A       2020-01-02   -1.5
                        A       2020-01-02      ∅
                      = help: nothing was published; mend the source, then run again

                notebook.md:6:31: error: 2 rows of raw.prices have the same symbol, date as another, against the assert unique(symbol, date)
                    6 | assert(raw.prices, close > 0, unique(symbol, date), rows >= 3)
                      |                               ^^^^^^^^^^^^^^^^^^^^
                      = rows:
                        symbol  date        close
                        A       2020-01-02   -1.5
                        A       2020-01-02      ∅
                      = help: nothing was published; mend the source, then run again

                notebook.md:6:53: error: raw.prices has 2 rows, against the assert rows >= 3
                    6 | assert(raw.prices, close > 0, unique(symbol, date), rows >= 3)
                      |                                                     ^^^^^^^^^
                      = help: nothing was published; mend the source, then run again


                """)
    }

    @Test func conditionsThatHoldAreCountedInTheTablesLine() throws {
        try line.write("data/inbox/a.csv", "symbol,date,close\nA,2020-01-02,1\nA,2020-01-03,2\nA,2020-01-06,3\n")
        let first = try line.tickbook("run", "notebook.md")
        #expect(first.lines.first?.contains(" · 3 conditions hold · ") == true, "\(first.output)\(first.errors)")
        #expect(try line.tickbook("run", "notebook.md").lines.last?.hasPrefix("Nothing to do") == true)
    }

    @Test func explainShowsConditionsAndTheirSQL() throws {
        try line.write("data/inbox/a.csv", "symbol,date,close\nA,2020-01-02,1\nA,2020-01-03,2\nA,2020-01-06,3\n")
        #expect(try line.tickbook("run", "notebook.md").code == 0)
        let plan = try line.tickbook("explain", "notebook.md", "--stage", "plan")
        #expect(plan.output.contains("assert raw.prices\n  → close > 0: each new row; reads close\n"), "\(plan.output)\(plan.errors)")
        let sql = try line.tickbook("explain", "notebook.md", "--stage", "sql")
        #expect(sql.output.contains("-- assert raw.prices\nWITH step_1 AS ("), "\(sql.output)\(sql.errors)")
    }
}
