import Columnar
@testable import Engine
import Testing

@Suite struct SmallFileChoiceTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func aFileOfFewRowsNeedsNoEngine() throws {
        let files = try write(rowCount: SmallParquetFile.rowLimit)
        #expect(files.map(\.rowCount) == [SmallParquetFile.rowLimit])
        #expect(folder.files == files.map(\.path))
    }

    @Test func aFileOfManyRowsIsTheEngines() {
        #expect(throws: IdleEngine.Refusal.self) { try write(rowCount: SmallParquetFile.rowLimit + 1) }
    }

    private func write(rowCount: Int) throws -> [WrittenFile] {
        let batch = prices((0..<rowCount).map { ("A", Int32($0), 1) })
        let writer = PartitionedWriter(
            schema: batch.schema, partition: [], keys: [], directory: folder.path, engine: IdleEngine()
        ) { _ in "" }
        try writer.append(batch, source: nil)
        return try writer.finish()
    }
}

/// Writes nothing.
private final class IdleEngine: Engine {
    struct Refusal: Error {}

    var name: String { "idle" }
    func query(_ sql: String, inputs: [String: any RecordBatchStream], followUp: FollowUp?) throws -> any RecordBatchStream {
        throw Refusal()
    }
    func execute(_ sql: String) throws { throw Refusal() }
    func explain(_ sql: String, inputs: [String: any RecordBatchStream]) throws -> String { throw Refusal() }
    func cancel() {}
    func writeParquet(_ batches: [RecordBatch], schema: Schema, to path: String) throws -> Int { throw Refusal() }
}
