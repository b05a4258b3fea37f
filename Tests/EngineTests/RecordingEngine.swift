import Columnar
import Engine
import Foundation
import Synchronization

/// Writes each file as one byte per row and remembers the rows it was given.
final class RecordingEngine: Engine {
    struct Refusal: Error, Equatable {}
    private let files = Mutex<[String: [RecordBatch]]>([:])
    private let refusedFile: Int?

    init(refusingFile number: Int? = nil) { refusedFile = number }

    var name: String { "recording" }
    func query(_ sql: String, inputs: [String: any RecordBatchStream], followUp: FollowUp?) throws -> any RecordBatchStream {
        InMemoryStream(schema: Schema([]), batches: [])
    }
    func execute(_ sql: String) throws {}
    func explain(_ sql: String, inputs: [String: any RecordBatchStream]) throws -> String { "" }
    func cancel() {}

    func writeParquet(_ batches: [RecordBatch], schema: Schema, to path: String) throws -> Int {
        let count = files.withLock { files in
            files[path] = batches
            return files.count
        }
        if count - 1 == refusedFile { throw Refusal() }
        let rows = batches.reduce(0) { $0 + $1.count }
        try Data(count: rows).write(to: URL(fileURLWithPath: path))
        return rows
    }

    /// The values of column `index` in a file, in order.
    func values(_ path: String, column index: Int) -> [Value] {
        files.withLock { $0[path]! }.flatMap { batch in (0..<batch.count).map { batch.columns[index][$0] } }
    }
}

/// A folder that is gone with its owner.
final class TemporaryFolder {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("tickbook-\(UUID().uuidString)").path
    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// All files below, by path from here.
    var files: [String] {
        (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []).sorted()
    }
}

/// A batch with the columns `symbol`, `date` and `close` of these rows.
func prices(_ rows: [(String?, Int32?, Double?)]) -> RecordBatch {
    let schema = Schema([Field("symbol", .string), Field("date", .date), Field("close", .double)])
    var columns = schema.fields.map { ColumnBuilder(type: $0.type) }
    for (symbol, date, close) in rows {
        columns[0].append(symbol.map { .string($0) } ?? .null)
        columns[1].append(date.map { .date($0) } ?? .null)
        columns[2].append(close.map { .double($0) } ?? .null)
    }
    return RecordBatch(schema: schema, columns: columns.indices.map { columns[$0].finish() }, count: rows.count)
}

func day(_ text: String) -> Int32 { CalendarDate(iso: text)!.days }
