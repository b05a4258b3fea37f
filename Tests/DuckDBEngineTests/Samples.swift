import Columnar
import Foundation

/// The repository's top folder, below which `.deps` lies.
let repositoryFolder = URL(fileURLWithPath: #filePath).pathComponents.dropLast(3).joined(separator: "/")

/// Twenty rows of one column, `prices`, every fifth null.
func sample(_ type: DataType) -> RecordBatch {
    var builder = ColumnBuilder(type: type)
    for row in 0..<20 { builder.append(row % 5 == 4 ? .null : value(type, row)) }
    return RecordBatch(schema: Schema([Field("prices", type)]), columns: [builder.finish()], count: 20)
}

private func value(_ type: DataType, _ row: Int) -> Value {
    switch type {
    case .int: .int(Int64(row) * 3 - 7)
    case .double: .double(Double(row) / 3)
    case .string: .string(["", "żółć — 株価", "a somewhat longer text"][row % 3])
    case .bool: .bool(row % 3 == 0)
    case .date: .date(Int32(row * 100 - 500))
    case .timestamp: .timestamp(Int64(row) * 1_000_003 - 5)
    }
}

func values(_ batches: [RecordBatch]) -> [Value] {
    batches.flatMap { batch in (0..<batch.count).map { batch.columns[0][$0] } }
}

/// A folder that is gone with its owner.
final class TemporaryFolder {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("tickbook-\(UUID().uuidString)").path
    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }
}
