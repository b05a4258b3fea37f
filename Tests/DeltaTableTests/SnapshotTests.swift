import Columnar
import Engine
import Foundation
import Testing

@testable import DeltaTable

@Suite struct SnapshotTests {
    @Test func everyVersionStaysReadable() throws {
        let table = inMemoryTable()
        for version in 0..<12 { _ = try table.commit(append(writtenFile("\(version).parquet"))) }
        for version in 0..<12 { #expect(try table.snapshot(at: version)?.files.map(\.path) == (0...version).map { "\($0).parquet" }) }
    }

    @Test func unknownVersionNamesThoseThatExist() throws {
        let table = inMemoryTable()
        _ = try table.commit(append())
        #expect(faultText { _ = try table.snapshot(at: 4) } == "prices has no version 4; it has version 0 only.")
    }

    @Test func everythingAboutAFileComesBack() throws {
        let table = inMemoryTable()
        let columns = [
            PartitionColumn(name: "symbol", source: "symbol", part: nil), PartitionColumn(name: "year", source: "date", part: .year),
        ]
        let bounds = ["date": statistics(.date(15_000), .date(15_010)), "close": statistics(.double(0.1), .double(30), nulls: 2)]
        let sources = [SourceRun(source: "inbox/a.csv", rowCount: 3), SourceRun(source: "inbox/b.csv", rowCount: 4)]
        let file = writtenFile(
            "symbol=A%2FB/year=2011/x.parquet", partition: [.string("A/B"), .int(2011)], rowCount: 7, statistics: bounds, sources: sources,
            isSorted: true)
        var transaction = append(file, partitioning: columns)
        transaction.sortKey = ["symbol", "date"]
        _ = try table.commit(transaction)
        let snapshot = try #require(try table.snapshot())
        let read = try #require(snapshot.files.first)
        #expect(read.path == file.path)
        #expect(read.partition == file.partition)
        #expect(read.rowCount == 7)
        #expect(read.statistics == bounds.merging(["symbol": statistics(.string("A/B"), .string("A/B"))]) { $1 })
        #expect(read.sources == sources)
        #expect(read.sortedBy == ["symbol", "date"])
        #expect(read.addedIn == 0)
        #expect(snapshot.partitioning == columns)
        #expect(snapshot.schema == prices)
        #expect(snapshot.rowCount == 7)
    }

    @Test func filesKeepCommitOrderAfterRemovals() throws {
        let table = inMemoryTable()
        _ = try table.commit(append(writtenFile("c"), writtenFile("a"), writtenFile("b")))
        let read = try #require(try table.snapshot())
        _ = try table.commit(replacement(of: read, removing: [read.files[1]], adding: writtenFile("d")))
        #expect(try table.snapshot()?.files.map(\.path) == ["c", "b", "d"])
    }

    @Test func refreshEqualsReadingAnew() throws {
        let table = inMemoryTable()
        var random = SystemRandomNumberGenerator()
        _ = try table.commit(append(writtenFile("first")))
        var refreshed = try #require(try table.snapshot())
        for step in 0..<60 {
            let removed = refreshed.files.filter { _ in random.next(upperBound: UInt(4)) == 0 }
            _ = try table.commit(replacement(of: refreshed, removing: removed, adding: writtenFile("\(step)-0"), writtenFile("\(step)-1")))
            refreshed = try table.refresh(refreshed)
            let anew = try #require(try table.snapshot())
            #expect(refreshed.files == anew.files)
            #expect(refreshed.version == anew.version)
            #expect(refreshed.lastChange == anew.lastChange)
        }
    }

    @Test func refreshOfAVanishedTableFails() throws {
        let folder = TemporaryFolder()
        let table = DeltaTable(root: folder.path)
        _ = try table.commit(append())
        let snapshot = try #require(try table.snapshot())
        try FileManager.default.removeItem(atPath: folder.path + "/_delta_log")
        #expect(throws: DeltaFault.self) { try table.refresh(snapshot) }
        #expect(throws: DeltaFault.self) { try table.commit(append(), from: snapshot) }
    }

    @Test func commitRecordComesBack() throws {
        var record = CommitRecord()
        record.definitionHash = "9f"
        record.plugins = [CommitRecord.Plugin(name: "macd", version: "1.2", hash: "ab")]
        record.inputs = ["raw.stocks": 4]
        record.ingestedFiles = [
            CommitRecord.IngestedFile(
                path: "in/ü.csv", byteCount: 9, modified: 1_700_000_000_123_456_789, sha256: "c", firstRowOrder: 5, rowsIn: 8)
        ]
        record.watermark = ["A\"B": "2012-03-01"]
        record.durationSeconds = 0.25
        record.sourceSchema = prices
        var transaction = append()
        transaction.record = record
        let table = inMemoryTable()
        _ = try table.commit(transaction)
        #expect(try table.snapshot()?.lastCommit.record == record)
        #expect(try table.history().first?.record == record)
    }

    @Test func recordOfALaterVersionStillReads() throws {
        let text = #"{"definitionHash":"x","novelty":{"a":[1]},"rowsOut":3}"#
        let record = try JSONDecoder().decode(CommitRecord.self, from: Data(text.utf8))
        #expect(record.definitionHash == "x")
        #expect(record.rowsOut == 3)
        #expect(record.plugins.isEmpty)
    }

    @Test func historyIsNewestFirst() throws {
        let table = inMemoryTable()
        _ = try table.commit(append(writtenFile("a", rowCount: 5), writtenFile("b", rowCount: 6)))
        let read = try #require(try table.snapshot())
        _ = try table.commit(replacement(of: read, removing: [read.files[0]]))
        let history = try table.history()
        #expect(history.map(\.version) == [1, 0])
        #expect(history.map(\.operation) == ["MERGE", "WRITE"])
        #expect(history.map(\.filesAdded) == [0, 2])
        #expect(history.map(\.filesRemoved) == [1, 0])
        #expect(history.map(\.rowsAdded) == [0, 11])
        #expect(try table.history(limit: 1).count == 1)
    }
}
