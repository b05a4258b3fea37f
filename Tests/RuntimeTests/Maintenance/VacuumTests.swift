import DeltaTable
import Foundation
import Testing

@testable import Runtime

/// What vacuum deletes, and what it must not.
@Suite struct VacuumTests {
    private let maintained: MaintainedWorkspace
    private var table: DeltaTable { maintained.context.tables.table("raw.stocks") }
    private var folder: String { maintained.folder("raw.stocks") }

    init() throws {
        maintained = try MaintainedWorkspace()
        try maintained.optimize("raw.stocks")
    }

    private func dataFiles() -> Set<String> {
        Set((FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".parquet") })
    }

    private func make(_ path: String, hoursAgo: Double) throws {
        let full = folder + "/" + path
        try FileManager.default.createDirectory(
            atPath: (full as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data([1]).write(to: URL(fileURLWithPath: full))
        try FileManager.default.setAttributes([.modificationDate: Date.now.addingTimeInterval(-hoursAgo * 3600)], ofItemAtPath: full)
    }

    @Test func filesRemovedLatelyStay() throws {
        #expect(try table.vacuum().files.isEmpty)
        #expect(dataFiles().count == 8)
    }

    @Test func filesRemovedBeforeTheRetentionGo() throws {
        let outcome = try table.vacuum(retentionHours: 0, force: true)
        #expect(outcome.files.count == 6)
        #expect(dataFiles() == Set(try maintained.snapshot("raw.stocks").files.map(\.path)))
    }

    @Test func dryRunDeletesNothing() throws {
        #expect(try table.vacuum(retentionHours: 0, force: true, dryRun: true).files.count == 6)
        #expect(dataFiles().count == 8)
    }

    @Test func shortRetentionIsRefusedWithoutForce() throws {
        #expect(throws: DeltaFault.retention(asked: 1, safe: 168)) { try table.vacuum(retentionHours: 1) }
    }

    @Test func oldFilesThatNobodyCommittedGo() throws {
        try make("symbol=Z/part-old.parquet", hoursAgo: 200)
        try make("symbol=Z/part-new.parquet", hoursAgo: 100)
        #expect(try table.vacuum().files.map(\.path) == ["symbol=Z/part-old.parquet"])
    }

    @Test func foldersThatAreEmptyThenGo() throws {
        try make("symbol=Z/part-old.parquet", hoursAgo: 200)
        #expect(try table.vacuum().folderCount == 1)
        #expect(!FileManager.default.fileExists(atPath: folder + "/symbol=Z"))
    }

    @Test(arguments: ["_change_data/part-a.parquet", ".hidden/part-a.parquet", "symbol=A/prices.csv", "deep/_delta_log/part-a.parquet"])
    func filesOfOthersStay(path: String) throws {
        try make(path, hoursAgo: 10_000)
        #expect(try table.vacuum().files.isEmpty)
    }

    @Test func tableBelowTheTableStays() throws {
        try make("inner/part-a.parquet", hoursAgo: 10_000)
        try make("inner/_delta_log/00000000000000000000.json", hoursAgo: 10_000)
        #expect(try table.vacuum().files.isEmpty)
    }

    @Test func anotherProgramReadsTheTableAfterwards() throws {
        let before = try maintained.rowsOfOthers("raw.stocks")
        _ = try table.vacuum(retentionHours: 0, force: true)
        #expect(try maintained.rowsOfOthers("raw.stocks") == before)
    }

    @Test func runAfterwardsMakesNothing() throws {
        _ = try table.vacuum(retentionHours: 0, force: true)
        #expect(try maintained.workspace.run(MaintainedWorkspace.cells).made.isEmpty)
    }
}
