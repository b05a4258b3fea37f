import DeltaTable
import Foundation
import Testing

@testable import Runtime

/// Checkpoints written by the engine, as it and as another program read them.
@Suite struct EngineCheckpointTests {
    private let maintained: MaintainedWorkspace

    init() throws {
        maintained = try MaintainedWorkspace()
        try maintained.growLog(of: "raw.stocks", to: 11)
    }

    private var log: String { maintained.folder("raw.stocks") + "/_delta_log/" }

    private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: log) }

    /// Leaves only what a program that cleans logs up leaves.
    private func removeEarlyCommits() throws {
        for name in try names() where name < "00000000000000000010" && name.hasSuffix(".json") {
            try FileManager.default.removeItem(atPath: log + name)
        }
    }

    @Test func tenthCommitWritesOne() throws {
        let names = try names()
        #expect(names.contains("00000000000000000009.checkpoint.parquet"))
        #expect(names.contains("_last_checkpoint"))
    }

    @Test func tableOpensFromItWhereEarlierCommitsAreGone() throws {
        let before = try maintained.snapshot("raw.stocks")
        try removeEarlyCommits()
        let after = try maintained.snapshot("raw.stocks")
        #expect(after.files == before.files)
        #expect(after.transactions.mapValues(\.version) == before.transactions.mapValues(\.version))
        #expect(after.metadata == before.metadata)
        #expect(after.lastCommit == before.lastCommit)
    }

    @Test func anotherProgramReadsTheTableFromIt() throws {
        let before = try maintained.rowsOfOthers("raw.stocks")
        try removeEarlyCommits()
        #expect(try maintained.rowsOfOthers("raw.stocks") == before)
        #expect(before.count == 8)
    }

    @Test func anotherProgramReadsTheTableFromTheCompaction() throws {
        let before = try maintained.rowsOfOthers("raw.stocks")
        try FileManager.default.removeItem(atPath: log + "00000000000000000009.checkpoint.parquet")
        try FileManager.default.removeItem(atPath: log + "_last_checkpoint")
        #expect(try maintained.rowsOfOthers("raw.stocks") == before)
    }

    @Test func withoutOneTheMissingCommitsAreNamed() throws {
        try removeEarlyCommits()
        try FileManager.default.removeItem(atPath: log + "00000000000000000009.checkpoint.parquet")
        #expect(throws: DeltaFault.needsCheckpoint(folder: String(log.dropLast()), oldest: 10)) {
            try maintained.snapshot("raw.stocks")
        }
    }

    @Test func runAfterItMakesNothing() throws {
        #expect(try maintained.workspace.run(MaintainedWorkspace.cells).made.isEmpty)
    }
}
