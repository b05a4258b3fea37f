import Columnar
@testable import DuckDBEngine
import Engine
import Testing

@Suite struct ParquetTests {
    let engine: DuckDBEngine
    let folder: TemporaryFolder

    init() throws {
        engine = try DuckDBEngine(library: .open(searchFolders: [repositoryFolder]))
        folder = try TemporaryFolder()
    }

    @Test(arguments: DataType.allCases)
    func everyTypeComesBackFromAFile(type: DataType) throws {
        let batches = [sample(type), sample(type).slice(3..<17), sample(type).slice(9..<10)]
        let path = folder.path + "/a.parquet"
        let size = try engine.writeParquet(batches, schema: batches[0].schema, to: path)
        #expect(size > 0)
        #expect(try values(engine.query("FROM '\(path)'", inputs: [:]).collect()) == values(batches))
    }

    @Test func filesOfSeveralSchemasAreWrittenInTurn() throws {
        for (index, type) in [DataType.int, .string, .int, .double].enumerated() {
            let path = folder.path + "/\(index).parquet"
            _ = try engine.writeParquet([sample(type)], schema: sample(type).schema, to: path)
            #expect(try values(engine.query("FROM '\(path)'", inputs: [:]).collect()) == values([sample(type)]))
        }
    }

    @Test func aMillionRowsInManyBatchesKeepTheirOrder() throws {
        let batches = try engine.query("SELECT i FROM range(1000000) t(i)", inputs: [:]).collect()
        let path = folder.path + "/big.parquet"
        _ = try engine.writeParquet(batches, schema: batches[0].schema, to: path)
        let numbers = try engine.query("FROM '\(path)'", inputs: [:]).collect().flatMap { Array($0.columns[0].ints) }
        #expect(numbers == Array(0..<1_000_000))
    }

    @Test func aQuoteInThePathIsNoQuoteInTheStatement() throws {
        #expect(try engine.writeParquet([sample(.int)], schema: sample(.int).schema, to: folder.path + "/it's.parquet") > 0)
    }

    @Test func aFileThatCannotBeMadeIsAFault() {
        #expect(throws: EngineFault.self) {
            try engine.writeParquet([sample(.int)], schema: sample(.int).schema, to: folder.path + "/none/a.parquet")
        }
    }

    @Test func aPartitionedTableReadsBackRowForRow() throws {
        let partition = [PartitionColumn(name: "bucket", source: "bucket", part: nil)]
        let stream = try engine.query("SELECT i, i % 3 AS bucket FROM range(100000) t(i)", inputs: [:])
        let writer = PartitionedWriter(
            schema: stream.schema, partition: partition, keys: ["i"], directory: folder.path, engine: engine
        ) { "bucket=\($0[0])" }
        while let batch = try stream.next() { try writer.append(batch, source: nil) }
        let files = try writer.finish()
        #expect(files.map(\.rowCount) == [33_334, 33_333, 33_333])
        #expect(files.map(\.isSorted) == [true, true, true])
        let sums = try engine.query("SELECT sum(i) FROM read_parquet('\(folder.path)/**/*.parquet')", inputs: [:]).collect()
        #expect(values(sums) == [.int(4_999_950_000)])
    }
}
