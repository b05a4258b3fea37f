import DeltaTable
import Foundation
import Testing

@testable import Runtime

/// An earlier version brought back, and what the next run makes of it.
@Suite struct RestoreTests {
    private let maintained: MaintainedWorkspace
    private var workspace: TestWorkspace { maintained.workspace }

    init() throws { maintained = try MaintainedWorkspace() }

    private func restore(_ name: String, _ version: Int) throws { _ = try maintained.context.tables.table(name).restore(to: version) }

    @Test(arguments: ["raw.stocks", "t.features"])
    func rowsOfTheVersionAreBack(name: String) throws {
        let wanted = try workspace.rows(name, atVersion: 0)
        try restore(name, 0)
        #expect(try workspace.rows(name) == wanted)
        #expect(try maintained.snapshot(name).version == 3)
    }

    @Test func recordOfTheVersionIsBack() throws {
        let wanted = try maintained.context.tables.table("raw.stocks").snapshot(at: 0)?.lastCommit.record
        try restore("raw.stocks", 0)
        #expect(try maintained.snapshot("raw.stocks").lastCommit.record == wanted)
    }

    @Test func sameVersionChangesNothing() throws {
        #expect(try maintained.context.tables.table("raw.stocks").restore(to: 2) == .unchanged(version: 2))
    }

    @Test(arguments: ["raw.stocks", "t.features"])
    func nextRunBringsEverythingUpToDateAgain(name: String) throws {
        let tables = ["raw.stocks", "t.features"]
        let wanted = try tables.map { try workspace.rows($0).sorted() }
        try restore(name, 0)
        #expect(try workspace.run(MaintainedWorkspace.cells).made.contains(name))
        #expect(try tables.map { try workspace.rows($0).sorted() } == wanted)
        #expect(try workspace.run(MaintainedWorkspace.cells).made.isEmpty)
    }

    @Test func restoredInputIsFollowedWhereItsFilesAreGone() throws {
        try workspace.remove("b.csv")
        try workspace.remove("c.csv")
        try restore("raw.stocks", 0)
        try workspace.run(MaintainedWorkspace.cells)
        #expect(try workspace.rows("t.features | select(close)") == ["1.0", "2.0", "10.0"])
    }

    @Test func versionFromBeforeOptimizeComesBack() throws {
        let wanted = try workspace.rows("raw.stocks", atVersion: 2)
        try maintained.optimize("raw.stocks")
        try restore("raw.stocks", 2)
        #expect(try workspace.rows("raw.stocks") == wanted)
    }

    @Test func missingFilesAreNamedAndNothingIsDone() throws {
        let file = try #require(try maintained.context.tables.table("t.features").snapshot(at: 0)?.files.first?.path)
        try FileManager.default.removeItem(atPath: maintained.folder("t.features") + "/" + file)
        #expect(
            throws: DeltaFault.restore(table: maintained.folder("t.features"), version: 0, missing: 1, first: file)
        ) { try restore("t.features", 0) }
        #expect(try maintained.snapshot("t.features").version == 2)
    }

    @Test func anotherProgramReadsTheRestoredRows() throws {
        let wanted = try maintained.rowsOfOthers("t.features", version: 0)
        try restore("t.features", 0)
        #expect(try maintained.rowsOfOthers("t.features") == wanted)
    }
}
