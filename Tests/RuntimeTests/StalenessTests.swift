import Foundation
import Testing

@testable import Runtime

/// What is made again, and what is not.
@Suite struct StalenessTests {
    private let workspace: TestWorkspace
    private static let cells = """
        ```tick params
        param span = 2
        ```
        \(pricesCell)
        ```tick features
        table t.features = raw.stocks
          | latest()
          | derive(average = sma(close, span))
        ```
        """

    init() throws {
        workspace = try TestWorkspace()
        try workspace.write("a.csv", prices([("A", "2020-01-02", 1), ("A", "2020-01-03", 2), ("A", "2020-01-06", 4)]))
        try workspace.run(Self.cells)
    }

    @Test func secondRunMakesNothingAndOpensNoEngine() throws {
        let run = try workspace.run(Self.cells)
        #expect(run.made.isEmpty)
        #expect(!run.openedEngine)
        #expect(run.tables["t.features"]?.rowCount == 3)
    }

    @Test func commentsAndLayoutMakeNothing() throws {
        let other = Self.cells.replacing("  | latest()\n", with: "  # the last one wins\n\n  |   latest( )\n")
        #expect(try workspace.run(other).made.isEmpty)
    }

    @Test func changedDefinitionMakesTheTableAnewAndKeepsTheOldVersion() throws {
        let run = try workspace.run(Self.cells.replacing("sma(close, span)", with: "sma(close, span) * 2"))
        #expect(run.made == ["t.features"])
        #expect(run.tables["t.features"]?.staleness == .definitionChanged)
        #expect(try workspace.rows("t.features | select(average)") == ["null", "3.0", "6.0"])
        #expect(try workspace.rows("t.features | select(average)", atVersion: 0) == ["null", "1.5", "3.0"])
    }

    @Test func parameterOfTheRunMakesWhatUsesIt() throws {
        let run = try workspace.run(Self.cells, ["span": "3"])
        #expect(run.made == ["t.features"])
        #expect(try workspace.rows("t.features | select(average)").last == "\((1.0 + 2 + 4) / 3)")
    }

    @Test func fullRefreshMakesEverything() throws {
        #expect(try workspace.run(Self.cells, fullRefresh: true).made == ["raw.stocks", "t.features"])
    }

    @Test func changedInputMakesWhatReadsIt() throws {
        try workspace.write("b.csv", prices([("A", "2020-01-07", 6)]))
        #expect(try workspace.run(Self.cells).made == ["raw.stocks", "t.features"])
        #expect(try workspace.rows("t.features | select(average)").last == "5.0")
    }

    @Test func inputDeletedAndMadeAgainMakesWhatReadsIt() throws {
        try FileManager.default.removeItem(atPath: workspace.path + "/data/raw")
        #expect(try workspace.run(Self.cells).made == ["raw.stocks", "t.features"])
    }

    @Test func cancelledRunKeepsEarlierCells() throws {
        try workspace.write("b.csv", prices([("A", "2020-01-07", 6)]))
        let failure = try workspace.failure(Self.cells, cancelledAfter: "raw.stocks")
        guard case RunFault.interrupted? = failure.fault?.underlying as? RunFault else {
            Issue.record("\(failure.text)")
            return
        }
        #expect(try workspace.rows("raw.stocks").count == 4)
        #expect(try workspace.rows("t.features").count == 3)
        #expect(try workspace.run(Self.cells).made == ["t.features"])
    }

    @Test func runLeavesNoTemporaryFiles() throws {
        let entries = try FileManager.default.contentsOfDirectory(atPath: workspace.path + "/data")
        #expect(!entries.contains { $0.hasPrefix(".") })
    }
}
