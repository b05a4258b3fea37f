import Testing

@testable import Runtime

/// Inputs that make incremental runs go wrong where keys, order or texts are taken too lightly.
@Suite struct OddInputTests {
    private let workspace: TestWorkspace

    init() throws { workspace = try TestWorkspace() }

    private static func cells(_ statements: String) -> String { "```tick a\n\(statements)\n```\n" }

    @Test func changedKeyOfAnInputMakesItsReadersAgain() throws {
        func cells(_ entity: String) -> String {
            Self.cells("table raw.x = csv(\"data/inbox/*.csv\") | key(\(entity), d)\ntable t.y = raw.x | derive(p = prev(c))")
        }
        try workspace.write("a.csv", "sym,ex,d,c\nA,P,2020-01-01,1\nA,Q,2020-01-02,2\nB,Q,2020-01-03,5\n")
        try workspace.run(cells("sym"))
        try workspace.run(cells("ex"))
        #expect(try workspace.rows("t.y | select(p)") == ["null", "null", "2"])
    }

    @Test func rowsWithoutATimeDoNotKeepReplacedRows() throws {
        let cells = Self.cells("table raw.x = csv(\"data/inbox/*.csv\") | key(sym, d)\ntable t.y = raw.x | latest()")
        try workspace.write("a.csv", "sym,d,c\nA,2020-01-01,1\nA,,3\nB,2020-01-03,4\n")
        try workspace.run(cells)
        try workspace.write("b.csv", "sym,d,c\nA,2020-01-03,9\n")
        try workspace.run(cells)
        try workspace.write("b.csv", "sym,d,c\nA,2020-01-03,10\n")
        try workspace.run(cells)
        #expect(try workspace.rows("t.y | where(sym == \"A\") | select(c)") == ["1", "10", "3"])
    }

    @Test func latestByAnotherKeyGoesByTheOrderOfIngestion() throws {
        let cells = Self.cells("table raw.x = csv(\"data/inbox/*.csv\") | key(sym, d)\ntable t.y = raw.x | key(d) | latest()")
        try workspace.write("a.csv", "sym,d,c\nZ,2020-01-01,1\n")
        try workspace.run(cells)
        try workspace.write("b.csv", "sym,d,c\nA,2020-01-01,2\n")
        try workspace.run(cells)
        #expect(try workspace.rows("t.y | select(sym)") == ["A"])
    }

    @Test func joinBehindSeriesFollowsANewDay() throws {
        let cells = Self.cells(
            """
            table raw.s = csv("data/side.csv")
            table raw.x = csv("data/inbox/*.csv") | key(sym, d)
            table t.q = raw.x | derive(n = sum(c, 2)) | join(raw.s, on = sym)
            """)
        try workspace.write("../side.csv", "sym,sec\nA,x\n")
        try workspace.write("a.csv", "sym,d,c\nA,2020-01-01,1\nA,2020-01-02,2\n")
        try workspace.run(cells)
        try workspace.write("b.csv", "sym,d,c\nA,2020-01-07,25\n")
        try workspace.run(cells)
        #expect(try workspace.rows("t.q | select(n, sec)") == ["null|x", "3|x", "27|x"])
    }
}
