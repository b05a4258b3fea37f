import DeltaTable
import Testing

@testable import Runtime

/// How much of a table a change makes again, and which files it writes.
@Suite struct IncrementalExtentTests {
    private let workspace: TestWorkspace

    init() throws {
        workspace = try TestWorkspace()
        try workspace.write("a.csv", prices(["A", "B", "C"].flatMap { symbol in (1...20).map { (symbol, Self.day($0), Double($0)) } }))
        try workspace.run(Self.cells)
    }

    private static func day(_ number: Int) -> String { "2020-01-\(number < 10 ? "0" : "")\(number)" }

    private static let cells =
        pricesCell + """

            ```tick features
            table t.daily = raw.stocks | latest() | partition(symbol)
            table t.features = t.daily | derive(ma = sma(close, 3), ahead = next(close, 1)) | partition(symbol)
            table t.chosen = t.daily | where(symbol == "A")
            table t.total = t.daily | group(symbol) | summarize(last = max(close))
            ```
            """

    @Test func appendedDayWritesNewFilesOnly() throws {
        let before = try #require(try workspace.snapshot("t.daily")).files.map(\.path)
        try workspace.write("b.csv", prices([("B", Self.day(21), 5)]))
        #expect(try workspace.run(Self.cells).tables["t.daily"]?.work.extent == .changes(entities: 1, rows: 1))
        #expect(try Set(before).isSubset(of: #require(try workspace.snapshot("t.daily")).files.map(\.path)))
    }

    @Test func lookAheadMakesTheRowBeforeAgain() throws {
        try workspace.write("b.csv", prices([("B", Self.day(21), 5)]))
        #expect(try workspace.run(Self.cells).tables["t.features"]?.work.extent == .changes(entities: 1, rows: 2))
    }

    @Test func correctionReachesAsFarAsWindows() throws {
        try workspace.write("b.csv", prices([("C", Self.day(10), 99)]))
        #expect(try workspace.run(Self.cells).tables["t.features"]?.work.extent == .changes(entities: 1, rows: 4))
    }

    @Test func changeOfOtherPartitionsIsNone() throws {
        try workspace.write("b.csv", prices([("B", Self.day(21), 5)]))
        let run = try workspace.run(Self.cells)
        #expect(run.tables["t.chosen"]?.staleness == nil)
    }

    @Test func rowsAreShownInKeyOrderThoughFilesOverlap() throws {
        try workspace.write("b.csv", prices([("B", Self.day(21), 5), ("A", Self.day(22), 6)]))
        try workspace.run(Self.cells)
        try workspace.write("c.csv", prices([("A", Self.day(21), 7)]))
        try workspace.run(Self.cells)
        #expect(
            try workspace.rows("t.daily | where(date > date(\"2020-01-19\")) | select(symbol, date)")
                == ["A|2020-01-20", "A|2020-01-21", "A|2020-01-22", "B|2020-01-20", "B|2020-01-21", "C|2020-01-20"])
    }

    @Test func correctionWithTheSameValuesChangesNothingDownstream() throws {
        try workspace.write("b.csv", prices([("B", Self.day(7), 7)]))
        let run = try workspace.run(Self.cells)
        #expect(run.tables["t.daily"]?.work.extent == .changes(entities: 0, rows: 0))
        #expect(run.tables["t.features"]?.staleness == nil)
        #expect(try workspace.run(Self.cells).made.isEmpty)
    }

    @Test func summaryIsMadeAsAWholeAndSaysWhy() throws {
        try workspace.write("b.csv", prices([("B", Self.day(21), 50)]))
        #expect(try workspace.run(Self.cells).tables["t.total"]?.work.extent == .whole(because: "summarize(...) reads all rows"))
    }

    @Test func withdrawnFileTakesItsRowsOutOfSharedDataFiles() throws {
        try workspace.write("b.csv", prices([("B", Self.day(21), 5), ("A", Self.day(3), 77)]))
        try workspace.write("c.csv", prices([("A", Self.day(22), 6)]))
        try workspace.run(Self.cells)
        try workspace.remove("b.csv")
        let run = try workspace.run(Self.cells)
        #expect(run.tables["t.daily"]?.work.extent == .changes(entities: 2, rows: 1))
        #expect(try workspace.rows("t.daily | where(date >= date(\"2020-01-21\")) | select(symbol, close)") == ["A|6.0"])
    }
}

extension TestWorkspace {
    func snapshot(_ table: String) throws -> Snapshot? { try workspace.tables.table(table).snapshot() }
}
