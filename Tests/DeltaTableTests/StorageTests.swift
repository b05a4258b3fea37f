import Foundation
import Testing

@testable import DeltaTable

@Suite struct StorageTests {
    private func storages() -> (TemporaryFolder, [any LogStorage]) {
        let folder = TemporaryFolder()
        return (folder, [FileLogStorage(root: folder.path), InMemoryLogStorage()])
    }

    @Test func aNameIsPublishedOnce() throws {
        let (folder, storages) = storages()
        for storage in storages {
            #expect(try storage.read("a.json") == nil)
            #expect(try storage.putIfAbsent("a.json", [1, 2]))
            #expect(try !storage.putIfAbsent("a.json", [3]))
            #expect(try storage.read("a.json") == [1, 2])
            #expect(try storage.contains("a.json"))
        }
        withExtendedLifetime(folder) {}
    }

    @Test func noTemporaryFileStays() throws {
        let folder = TemporaryFolder()
        let storage = FileLogStorage(root: folder.path)
        _ = try storage.putIfAbsent("a.json", [1])
        _ = try storage.putIfAbsent("a.json", [2])
        #expect(try FileManager.default.contentsOfDirectory(atPath: storage.location) == ["a.json"])
    }

    @Test func leftoverOfAKilledWriterIsNotSeen() throws {
        let folder = TemporaryFolder()
        let table = DeltaTable(root: folder.path)
        _ = try table.commit(append())
        let name = "/_delta_log/." + logFileName(1) + ".0.tmp"
        try makeFile(folder.path + name, Data("{".utf8))
        #expect(try table.snapshot()?.version == 0)
        #expect(try table.commit(append()) == .committed(version: 1))
    }

    @Test func placeThatCannotBeWrittenIsNamed() {
        let text = faultText { _ = try FileLogStorage(root: "/proc/tickbook").putIfAbsent("a.json", [1]) }
        #expect(text.contains("/proc/tickbook/_delta_log"))
    }

    @Test func fullDiskSaysWhatIsNeededAndThatNothingIsLost() {
        let text = DeltaFault.noSpace(path: "data/raw/stocks", neededBytes: 4096).description
        #expect(text.contains("data/raw/stocks") && text.contains("4096 bytes") && text.contains("last version stays readable"))
    }

    @Test(arguments: [
        ("00000000000000000012.json", 12), ("00000000000000000012.checkpoint.parquet", nil), ("_last_checkpoint", nil),
        (".00000000000000000012.json.x.tmp", nil), ("0000000000000000001x.json", nil),
    ]) func onlyLogFilesHaveAVersion(name: String, version: Int?) {
        #expect(logVersion(name) == version)
    }

    @Test func catalogListsTablesOnly() throws {
        let folder = TemporaryFolder()
        let catalog = TableCatalog(root: folder.path)
        for name in ["raw.stocks", "raw", "curated.stocks.daily_prices"] { _ = try catalog.table(name).commit(append()) }
        for path in ["no-table/_delta_log", "raw/stocks/symbol=A/_delta_log", "plain"] {
            try FileManager.default.createDirectory(atPath: folder.path + "/" + path, withIntermediateDirectories: true)
        }
        #expect(try catalog.names() == ["curated.stocks.daily_prices", "raw", "raw.stocks"])
        #expect(catalog.exists("raw.stocks"))
        #expect(!catalog.exists("plain") && !catalog.exists("curated.stocks") && !catalog.exists("../raw"))
    }

    @Test func catalogOfAMissingFolderIsEmpty() throws { #expect(try TableCatalog(root: "/nowhere/data").names().isEmpty) }
}
