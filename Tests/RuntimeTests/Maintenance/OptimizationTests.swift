import Columnar
import DeltaTable
import Testing

@testable import Runtime

/// Small files become fewer, and nothing else changes.
@Suite struct OptimizationTests {
    private let maintained: MaintainedWorkspace
    private var workspace: TestWorkspace { maintained.workspace }

    init() throws { maintained = try MaintainedWorkspace() }

    @Test func eachPartitionBecomesOneFile() throws {
        let outcome = try maintained.optimize("raw.stocks")
        #expect(outcome.before.files == 6)
        #expect(outcome.after.files == 2)
        #expect(try maintained.snapshot("raw.stocks").files.count == 2)
    }

    @Test func everyRowStays() throws {
        let before = try workspace.rows("raw.stocks").sorted()
        try maintained.optimize("raw.stocks")
        #expect(try workspace.rows("raw.stocks").sorted() == before)
    }

    @Test func rowsOfAFileTableKeepTheOrderOfIngestion() throws {
        try maintained.optimize("raw.stocks")
        let closes = try workspace.rows("raw.stocks | where(symbol == \"A\") | select(close)")
        #expect(closes == ["1.0", "2.0", "3.0", "5.0", "7.0"])
    }

    @Test func correctionsStillWin() throws {
        try maintained.optimize("raw.stocks")
        #expect(try workspace.rows("raw.stocks | latest() | where(symbol == \"A\") | select(close)") == ["1.0", "3.0", "5.0", "7.0"])
    }

    @Test func sourcesStayRightPerRunOfRows() throws {
        let ofSymbolA = { try maintained.snapshot("raw.stocks").files.filter { $0.partition == [.string("A")] }.flatMap(\.sources) }
        let before = try ofSymbolA()
        try maintained.optimize("raw.stocks")
        #expect(try ofSymbolA() == before)
        #expect(before.count == 3)
    }

    @Test func withdrawnFileStillTakesItsRowsAway() throws {
        try maintained.optimize("raw.stocks")
        try workspace.remove("b.csv")
        try workspace.run(MaintainedWorkspace.cells)
        #expect(try workspace.rows("raw.stocks | where(symbol == \"A\") | select(close)") == ["1.0", "2.0", "7.0"])
    }

    @Test(arguments: ["raw.stocks", "t.features"])
    func runAfterwardsMakesNothing(table: String) throws {
        try maintained.optimize(table)
        let run = try workspace.run(MaintainedWorkspace.cells)
        #expect(run.made.isEmpty)
    }

    @Test func newFileAfterwardsIsTakenIn() throws {
        try maintained.optimize("raw.stocks")
        try maintained.optimize("t.features")
        try maintained.takeIn("d.csv", [("A", "2020-01-08", 9)])
        #expect(try workspace.rows("t.features | where(symbol == \"A\") | select(average)") == ["null", "2.0", "4.0", "6.0", "8.0"])
    }

    @Test func derivedTableStaysSortedByKey() throws {
        try maintained.optimize("t.features")
        let snapshot = try maintained.snapshot("t.features")
        #expect(snapshot.files.count == 2)
        #expect(snapshot.files.allSatisfy { $0.sortedBy == ["symbol", "date"] })
    }

    @Test func commitSaysThatNoRowChanged() throws {
        let before = try maintained.snapshot("raw.stocks")
        try maintained.optimize("raw.stocks")
        let after = try maintained.snapshot("raw.stocks")
        #expect(after.lastCommit.operation == "OPTIMIZE")
        #expect(after.lastChange == before.lastChange)
        #expect(after.lastCommit.record == before.lastCommit.record)
    }

    @Test func secondTimeThereIsNothingToMerge() throws {
        try maintained.optimize("raw.stocks")
        #expect(try maintained.optimize("raw.stocks").version == nil)
    }

    @Test func otherProgramsReadTheSameRows() throws {
        let before = try maintained.rowsOfOthers("t.features")
        try maintained.optimize("t.features")
        #expect(try maintained.rowsOfOthers("t.features") == before)
        #expect(before.count == 7)
    }

    @Test func partitionsThatMixKeysStayAsTheyAre() throws {
        let workspace = try TestWorkspace()
        let cell = """
            ```tick ingest
            table raw.notes = csv("data/inbox/*.csv") | key(symbol, date) | partition(kind)
            ```
            """
        for (name, day, kind) in [("a.csv", 2, "x"), ("b.csv", 3, "x"), ("c.csv", 4, "y")] {
            try workspace.write(name, "symbol,date,kind\nA,2020-01-0\(day),\(kind)\n")
            try workspace.run(cell)
        }
        let context = RunContext(workspace: workspace.workspace, provider: EngineProvider(open: TestWorkspace.engine.get))
        let outcome = try TableOptimization(context: context, name: "raw.notes").run()
        #expect(outcome.version == nil)
        #expect(outcome.obstacle != nil)
    }
}
