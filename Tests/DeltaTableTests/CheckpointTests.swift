import Columnar
import Engine
import Foundation
import Testing

@testable import DeltaTable

/// What a checkpoint keeps, whatever its format.
@Suite struct CheckpointTests {
    private let storage = InMemoryLogStorage(location: "t/_delta_log")
    private var table: DeltaTable { DeltaTable(root: "t", storage: storage, checkpoints: PlainCheckpoints()) }

    /// Ten commits of one file each; the fifth removes the first file.
    private func fill(_ count: Int = 10) throws {
        for number in 0..<count {
            let file = writtenFile(
                "\(9 - number % 10)-\(number).parquet", rowCount: number,
                statistics: ["close": statistics(.double(0.1), .double(1.5), nulls: 2)],
                sources: [SourceRun(source: "s\(number)", rowCount: number)], isSorted: true)
            guard number > 0, let current = try table.snapshot() else {
                _ = try table.commit(append(file))
                continue
            }
            var next = replacement(of: current, removing: number == 4 ? [current.files[0]] : [], adding: file)
            next.identity = Transaction.Identity(appId: "notebook", version: Int64(number))
            next.record = CommitRecord()
            next.sortKey = ["symbol", "date"]
            _ = try table.commit(next)
        }
    }

    private func removeCommits(before version: Int) { for old in 0..<version { storage.remove(logFileName(old)) } }

    private func removeBases() {
        for name in storage.list() where name.contains("checkpoint") || name.contains("compacted") { storage.remove(name) }
    }

    @Test func tenthCommitWritesACheckpoint() throws {
        try fill(9)
        #expect(!storage.contains(checkpointFileName(8)))
        _ = try table.commit(append())
        #expect(storage.contains(checkpointFileName(9)))
        #expect(storage.read("_last_checkpoint").map { String(decoding: $0, as: UTF8.self) }?.contains(#""version":9"#) == true)
    }

    @Test func nextCheckpointComesTenCommitsLater() throws {
        try fill(20)
        #expect(storage.list().filter { $0.hasSuffix(".checkpoint.parquet") }.sorted() == [checkpointFileName(9), checkpointFileName(19)])
    }

    @Test(arguments: [true, false])
    func snapshotFromACheckpointIsTheOneFromCommits(commitsAreGone: Bool) throws {
        try fill(13)
        let read = commitsAreGone
        if read { removeCommits(before: 10) }
        let found = try #require(try table.snapshot())
        removeBases()
        guard !read else {
            #expect(found.files.map(\.path).count == 12)
            #expect(found.files[0].sources == [SourceRun(source: "s1", rowCount: 1)])
            #expect(found.files[0].sortedBy == ["symbol", "date"])
            #expect(found.lastChange == 12)
            return
        }
        let wanted = try #require(try table.snapshot())
        #expect(found.files == wanted.files)
        #expect(found.metadata == wanted.metadata)
        #expect(found.lastCommit == wanted.lastCommit)
        #expect(found.lastChange == wanted.lastChange)
        #expect(found.transactions.mapValues(\.version) == wanted.transactions.mapValues(\.version))
    }

    @Test func lastChangeIsOlderThanACheckpointThatChangedNothing() throws {
        try fill(8)
        let current = try #require(try table.snapshot())
        for _ in 0..<2 {
            var next = replacement(of: current, removing: [])
            next.changesData = false
            _ = try table.commit(next)
        }
        #expect(storage.contains(checkpointFileName(9)))
        #expect(try table.snapshot()?.lastChange == 7)
    }

    @Test func versionsBeforeTheCheckpointAreNamedAsGone() throws {
        try fill(12)
        removeCommits(before: 10)
        #expect(throws: DeltaFault.unknownVersion(table: "t", asked: 5, available: 9...11)) { try table.snapshot(at: 5) }
    }

    @Test func missingCommitsWithoutACheckpointAreNamed() throws {
        try fill(12)
        removeCommits(before: 10)
        removeBases()
        #expect(throws: DeltaFault.needsCheckpoint(folder: "t/_delta_log", oldest: 10)) { try table.snapshot() }
    }

    @Test func compactionOfAnotherProgramIsLeftAloneWhileCommitsAreThere() throws {
        try fill(12)
        removeBases()
        _ = storage.putIfAbsent(compactionFileName(9), Array(#"{"add":{"path":"other.parquet","size":1}}"#.utf8))
        #expect(try table.snapshot()?.files.count == 11)
    }

    @Test func recentRemovalsAreKeptForOtherReaders() throws {
        try fill()
        let text = String(decoding: try #require(storage.read(checkpointFileName(9))), as: UTF8.self)
        #expect(text.split(separator: "\n").filter { $0.hasPrefix(#"{"remove""#) }.count == 1)
    }

    @Test func failureToWriteOneLeavesTheCommit() throws {
        struct Failing: CheckpointFormat {
            struct Failure: Error {}
            func encoded(_ lines: [UInt8]) throws -> [UInt8] { throw Failure() }
            func decoded(_ content: [UInt8]) throws -> [UInt8] { throw Failure() }
            func failed(_ table: String, _ error: any Error) {}
        }
        try fill(9)
        let failing = DeltaTable(root: "t", storage: storage, checkpoints: Failing())
        #expect(try failing.commit(append()) == .committed(version: 9))
    }

    @Test(
        arguments: [
            ("interval 7 days", 604_800_000), ("interval 1 week 12 hours", 648_000_000), ("2 Hours", 7_200_000), ("soon", nil),
            ("interval 5", nil),
        ] as [(String, Int64?)])
    func intervalsAreRead(text: String, milliseconds: Int64?) { #expect(TableMetadata.milliseconds(ofInterval: text) == milliseconds) }
}
