import Foundation
import Testing

@testable import Runtime

/// Which files are read: by content, once.
@Suite struct IngestionTests {
    private let workspace: TestWorkspace

    init() throws { workspace = try TestWorkspace() }

    private func run(_ cells: String = pricesCell) throws -> TableOutcome { try #require(try workspace.run(cells).tables["raw.stocks"]) }
    private func closes() throws -> [String] { try workspace.rows("raw.stocks | sort(symbol, date) | select(symbol, date, close)") }

    @Test func unchangedFileIsSkipped() throws {
        try workspace.write("a.csv", prices([("A", "2020-01-02", 1)]))
        _ = try run()
        try workspace.write("b.csv", prices([("A", "2020-01-03", 2)]))
        let outcome = try run()
        #expect(outcome.staleness == .files(new: 1, replaced: 0, withdrawn: 0))
        #expect(outcome.rowsWritten == 1)
        #expect(try closes() == ["A|2020-01-02|1.0", "A|2020-01-03|2.0"])
    }

    @Test func changedFileReplacesItsRows() throws {
        try workspace.write("a.csv", prices([("A", "2020-01-02", 1), ("A", "2020-01-03", 2)]))
        try workspace.write("b.csv", prices([("A", "2020-01-04", 3)]))
        _ = try run()
        try workspace.write("a.csv", prices([("A", "2020-01-03", 9)]))
        #expect(try run().staleness == .files(new: 1, replaced: 1, withdrawn: 1))
        #expect(try closes() == ["A|2020-01-03|9.0", "A|2020-01-04|3.0"])
    }

    @Test func renamedFileIsNotReadAgain() throws {
        try workspace.write("a.csv", prices([("A", "2020-01-02", 1)]))
        _ = try run()
        try workspace.rename("a.csv", "z.csv")
        #expect(try run().staleness == nil)
    }

    @Test func copyAddsNothing() throws {
        try workspace.write("a.csv", prices([("A", "2020-01-02", 1)]))
        try workspace.write("b.csv", prices([("A", "2020-01-02", 1)]))
        #expect(try run().rowCount == 1)
    }

    @Test func withdrawnFileTakesItsRowsWithIt() throws {
        try workspace.write("a.csv", prices([("A", "2020-01-02", 1), ("B", "2020-01-02", 1)]))
        try workspace.write("b.csv", prices([("A", "2020-01-03", 2)]))
        _ = try run()
        try workspace.remove("a.csv")
        #expect(try run().staleness == .files(new: 0, replaced: 0, withdrawn: 1))
        #expect(try closes() == ["A|2020-01-03|2.0"])
    }

    @Test func fileTouchedButNotChangedIsNotReadAgain() throws {
        try workspace.write("a.csv", prices([("A", "2020-01-02", 1)]))
        _ = try run()
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: workspace.path + "/data/inbox/a.csv")
        #expect(try run().staleness == nil)
    }

    @Test func intsOfOneFileAreDoublesWhereAnotherHasDoubles() throws {
        try workspace.write("a.csv", pricesHeader + "A,2020-01-02,1,2,1\n")
        try workspace.write("b.csv", pricesHeader + "A,2020-01-03,1.5,2.5,1.5\n")
        _ = try run()
        #expect(try closes() == ["A|2020-01-02|1.0", "A|2020-01-03|1.5"])
    }

    @Test func headerWithoutRowsBesideOtherFilesAddsNothing() throws {
        try workspace.write("a.csv", pricesHeader)
        try workspace.write("b.csv", prices([("A", "2020-01-02", 1)]))
        #expect(try run().rowCount == 1)
    }

    @Test func dayFirstDatesWhereNamed() throws {
        try workspace.write("a.csv", pricesHeader + "A,03/04/2020,1.5,2.5,0.5\n")
        _ = try run(pricesCell.replacing("*.csv*\"", with: "*.csv*\", date_format = \"dd/mm/yyyy\""))
        #expect(try closes() == ["A|2020-04-03|1.5"])
    }

    @Test func monthFirstDatesWhereNamed() throws {
        try workspace.write("a.csv", pricesHeader + "A,03/04/2020,1.5,2.5,0.5\n")
        _ = try run(pricesCell.replacing("*.csv*\"", with: "*.csv*\", date_format = \"mm/dd/yyyy\""))
        #expect(try closes() == ["A|2020-03-04|1.5"])
    }
}

/// `latest()` keeps, of the rows with one key, the one ingested last.
@Suite struct LatestTests {
    private let workspace: TestWorkspace
    private static let cells = pricesCell + "\n```tick process\ntable t.clean = raw.stocks | latest()\n```\n"

    init() throws { workspace = try TestWorkspace() }

    private func closes() throws -> [String] { try workspace.rows("t.clean | select(symbol, date, close)") }

    @Test func laterFileCorrectsAnOlderDate() throws {
        try workspace.write("a.csv", prices([("A", "2020-01-02", 1), ("A", "2020-01-03", 2)]))
        try workspace.run(Self.cells)
        try workspace.write("b.csv", prices([("A", "2020-01-02", 9)]))
        try workspace.run(Self.cells)
        #expect(try closes() == ["A|2020-01-02|9.0", "A|2020-01-03|2.0"])
    }

    @Test func fileIngestedLaterWinsWhateverItsName() throws {
        try workspace.write("m.csv", prices([("A", "2020-01-02", 1)]))
        try workspace.run(Self.cells)
        try workspace.write("a.csv", prices([("A", "2020-01-02", 9)]))
        try workspace.run(Self.cells)
        #expect(try closes() == ["A|2020-01-02|9.0"])
    }

    @Test func laterLineOfOneFileWins() throws {
        try workspace.write("a.csv", prices([("A", "2020-01-02", 1), ("A", "2020-01-03", 2), ("A", "2020-01-02", 9)]))
        try workspace.run(Self.cells)
        #expect(try closes() == ["A|2020-01-02|9.0", "A|2020-01-03|2.0"])
    }

    @Test func interleavedSymbolsAndDatesOutOfOrder() throws {
        try workspace.write(
            "a.csv",
            prices([("B", "2020-01-03", 1), ("A", "2020-01-04", 2), ("B", "2020-01-02", 3), ("A", "2020-01-02", 4), ("B", "2020-01-03", 5)])
        )
        try workspace.run(Self.cells)
        #expect(try closes() == ["A|2020-01-02|4.0", "A|2020-01-04|2.0", "B|2020-01-02|3.0", "B|2020-01-03|5.0"])
    }

    @Test func withdrawnCorrectionBringsTheEarlierRowBack() throws {
        try workspace.write("a.csv", prices([("A", "2020-01-02", 1)]))
        try workspace.write("b.csv", prices([("A", "2020-01-02", 9)]))
        try workspace.run(Self.cells)
        #expect(try closes() == ["A|2020-01-02|9.0"])
        try workspace.remove("b.csv")
        try workspace.run(Self.cells)
        #expect(try closes() == ["A|2020-01-02|1.0"])
    }

    @Test func secondIngestOfTheDayGivesNewVersionsDownTheChain() throws {
        try workspace.write("a.csv", prices([("A", "2020-01-02", 1)]))
        try workspace.run(Self.cells)
        try workspace.write("b.csv", prices([("A", "2020-01-03", 2)]))
        let run = try workspace.run(Self.cells)
        #expect(run.tables["raw.stocks"]?.version == 1)
        #expect(run.tables["t.clean"]?.version == 1)
        #expect(run.tables["t.clean"]?.staleness == .inputsAdvanced(["raw.stocks": .init(from: 0, to: 1)]))
        #expect(try workspace.rows("t.clean | select(close)", atVersion: 0) == ["1.0"])
    }
}
