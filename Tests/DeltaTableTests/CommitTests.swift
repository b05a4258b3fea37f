import Columnar
import Engine
import Foundation
import Synchronization
import Testing

@testable import DeltaTable

@Suite struct CommitTests {
    @Test func firstCommitMakesVersionZero() throws {
        let table = inMemoryTable()
        #expect(try table.snapshot() == nil)
        #expect(try table.commit(append(writtenFile("a.parquet"))) == .committed(version: 0))
        #expect(try table.snapshot()?.files.map(\.path) == ["a.parquet"])
    }

    @Test func concurrentAppendsLoseNothing() throws {
        let folder = TemporaryFolder()
        let table = DeltaTable(root: folder.path)
        let (writers, commits) = (8, 12)
        let versions = Mutex<[Int]>([])
        DispatchQueue.concurrentPerform(iterations: writers) { writer in
            for commit in 0..<commits {
                let path = "\(writer)-\(commit).parquet"
                try? makeFile(folder.path + "/" + path, Data(count: 10))
                guard case .committed(let version)? = try? table.commit(append(writtenFile(path))) else { continue }
                versions.withLock { $0.append(version) }
            }
        }
        #expect(versions.withLock { $0.sorted() } == Array(0..<writers * commits))
        let paths = try #require(try table.snapshot()).files.map(\.path)
        #expect(Set(paths) == Set((0..<writers).flatMap { writer in (0..<commits).map { "\(writer)-\($0).parquet" } }))
    }

    @Test func replacingWhatChangedSinceIsAConflict() throws {
        let table = inMemoryTable()
        _ = try table.commit(append(writtenFile("a.parquet")))
        let read = try #require(try table.snapshot())
        _ = try table.commit(append(writtenFile("b.parquet")))
        #expect(throws: DeltaFault.changedSince(table: "prices", readVersion: 0, changedIn: 1, how: "was changed")) {
            try table.commit(replacement(of: read, removing: read.files, adding: writtenFile("c.parquet")))
        }
        #expect(try table.latestVersion() == 1)
    }

    @Test func aCommitWithoutRowsIsNoConflict() throws {
        let table = inMemoryTable()
        _ = try table.commit(append(writtenFile("a.parquet")))
        let read = try #require(try table.snapshot())
        _ = try table.commit(append())
        #expect(try table.commit(replacement(of: read, removing: read.files)) == .committed(version: 2))
        #expect(try table.snapshot()?.files.isEmpty == true)
    }

    @Test func twoFirstCommitsOfReplacementsConflict() throws {
        let table = inMemoryTable()
        let first = Transaction(operation: "WRITE", rule: .replaces(readVersion: nil), schema: prices, partitioning: [])
        _ = try table.commit(first)
        #expect(throws: DeltaFault.self) { try table.commit(first) }
    }

    @Test func removingAFileThatACompactionTookIsAConflict() throws {
        let table = inMemoryTable()
        _ = try table.commit(append(writtenFile("a.parquet")))
        let read = try #require(try table.snapshot())
        var compaction = replacement(of: read, removing: read.files, adding: writtenFile("compact.parquet"))
        compaction.changesData = false
        _ = try table.commit(compaction)
        let text = faultText { _ = try table.commit(replacement(of: read, removing: read.files)) }
        #expect(text.contains("no longer has data file a.parquet"))
    }

    @Test func repeatedTransactionIsNotWrittenAgain() throws {
        let table = inMemoryTable()
        var transaction = append(writtenFile("a.parquet"))
        transaction.identity = Transaction.Identity(appId: "run-7/prices", version: 3)
        #expect(try table.commit(transaction) == .committed(version: 0))
        _ = try table.commit(append(writtenFile("b.parquet")))
        #expect(try table.commit(transaction) == .alreadyCommitted(version: 0))
        #expect(try table.latestVersion() == 1)
        #expect(try table.snapshot()?.transactions["run-7/prices"]?.version == 3)
    }

    @Test func blindAppendWithOtherColumnsIsRefused() throws {
        let table = inMemoryTable()
        _ = try table.commit(append(writtenFile("a.parquet")))
        let wider = Schema(prices.fields + [Field("volume", .int)])
        #expect(throws: DeltaFault.self) { try table.commit(append(writtenFile("b.parquet"), schema: wider)) }
    }

    @Test func replacementOfEveryFileMayChangeColumnsAndPartitioning() throws {
        let table = inMemoryTable()
        _ = try table.commit(append(writtenFile("a.parquet")))
        let read = try #require(try table.snapshot())
        let narrower = Schema([Field("symbol", .string), Field("close", .int)])
        let file = writtenFile("symbol=A/b.parquet", partition: [.string("A")])
        _ = try table.commit(replacement(of: read, removing: read.files, adding: file, schema: narrower, partitioning: bySymbol))
        let after = try table.refresh(read)
        #expect(after.schema == narrower)
        #expect(after.partitioning == bySymbol)
        #expect(after.metadata.id == read.metadata.id)
        #expect(try table.snapshot(at: 0)?.schema == prices)
    }

    @Test func changingATypeWhileFilesStayIsRefused() throws {
        let table = inMemoryTable()
        _ = try table.commit(append(writtenFile("a.parquet")))
        let read = try #require(try table.snapshot())
        let other = Schema([Field("symbol", .string), Field("date", .date), Field("close", .int)])
        #expect(faultText { _ = try table.commit(replacement(of: read, removing: [], schema: other)) }.contains("from double to int"))
    }

    @Test func addingANameThatIsInUseIsRefused() throws {
        let table = inMemoryTable()
        _ = try table.commit(append(writtenFile("a.parquet")))
        #expect(throws: DeltaFault.self) { try table.commit(append(writtenFile("a.parquet"))) }
    }

    @Test func missingOrShortDataFileIsNeverCommitted() throws {
        let folder = TemporaryFolder()
        let table = DeltaTable(root: folder.path)
        #expect(faultText { _ = try table.commit(append(writtenFile("gone.parquet"))) }.contains("gone.parquet"))
        try makeFile(folder.path + "/short.parquet", Data(count: 9))
        #expect(faultText { _ = try table.commit(append(writtenFile("short.parquet"))) }.contains("has 9 bytes"))
        #expect(try table.latestVersion() == nil)
    }

    @Test func partitionValueOfAnotherTypeIsRefused() {
        let file = writtenFile("symbol=1/a.parquet", partition: [.int(1)])
        #expect(faultText { _ = try inMemoryTable().commit(append(file, partitioning: bySymbol)) }.contains("which is string"))
    }

    @Test func emptyPartitionValueIsRefused() {
        let file = writtenFile("symbol=/a.parquet", partition: [.string("")])
        #expect(throws: DeltaFault.emptyPartitionValue(column: "symbol")) {
            try inMemoryTable().commit(append(file, partitioning: bySymbol))
        }
    }
}
