import Columnar
import Engine
import Foundation

@testable import DeltaTable

/// A folder that goes away with its owner.
final class TemporaryFolder: Sendable {
    let path: String

    init() {
        path = FileManager.default.temporaryDirectory.appending(path: "delta-table-" + UUID().uuidString).path
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

let prices = Schema([Field("symbol", .string), Field("date", .date), Field("close", .double)])
let bySymbol = [PartitionColumn(name: "symbol", source: "symbol", part: nil)]

func inMemoryTable() -> DeltaTable { DeltaTable(root: "prices", storage: InMemoryLogStorage()) }

func writtenFile(
    _ path: String, partition: [Value] = [], rowCount: Int = 1, byteCount: Int = 10, statistics: [String: ColumnStatistics] = [:],
    sources: [SourceRun] = [], isSorted: Bool = false
) -> WrittenFile {
    WrittenFile(
        path: path, partition: partition, rowCount: rowCount, byteCount: byteCount, statistics: statistics, sources: sources,
        isSorted: isSorted)
}

func append(_ files: WrittenFile..., schema: Schema = prices, partitioning: [PartitionColumn] = []) -> Transaction {
    var transaction = Transaction(operation: "WRITE", rule: .blindAppend, schema: schema, partitioning: partitioning)
    transaction.adds = files
    return transaction
}

func replacement(
    of snapshot: Snapshot, removing: [DataFile], adding files: WrittenFile..., schema: Schema = prices, partitioning: [PartitionColumn] = []
) -> Transaction {
    var transaction = Transaction(
        operation: "MERGE", rule: .replaces(readVersion: snapshot.version), schema: schema, partitioning: partitioning)
    transaction.adds = files
    transaction.removes = removing
    return transaction
}

func statistics(_ minimum: Value?, _ maximum: Value?, nulls: Int = 0) -> ColumnStatistics {
    ColumnStatistics(minimum: minimum, maximum: maximum, nullCount: nulls)
}

func makeFile(_ path: String, _ content: Data) throws { try content.write(to: URL(filePath: path)) }

/// The fault a body throws, as text; empty when it throws none.
func faultText(_ body: () throws -> Void) -> String {
    do {
        try body()
        return ""
    } catch {
        return String(describing: error)
    }
}
