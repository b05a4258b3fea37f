import Columnar
@testable import DuckDBEngine
import Engine
import Foundation
import Testing

@Suite struct DuckDBEngineTests {
    let engine: DuckDBEngine

    init() throws {
        engine = try DuckDBEngine(library: .open(searchFolders: [repositoryFolder]), settings: .init(threads: 2))
    }

    @Test func theNameHoldsTheVersion() { #expect(engine.name.wholeMatch(of: /DuckDB \d+\.\d+\.\d+/) != nil) }

    @Test func everyTypeArrivesWithItsNulls() throws {
        let rows = try rows(
            """
            SELECT 7::BIGINT AS i, 0.5::DOUBLE AS d, 'żółć, a text of more than twelve bytes' AS s, true AS b, DATE '1969-12-31' AS t,
                   TIMESTAMP '2020-02-29 01:02:03.000004' AS u
            UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL
            UNION ALL SELECT -7, -0.0, '', false, DATE '2100-01-01', TIMESTAMP '1969-12-31 23:59:59.999999'
            """)
        #expect(
            rows == [
                [
                    .int(7), .double(0.5), .string("żółć, a text of more than twelve bytes"), .bool(true), .date(-1),
                    .timestamp(CalendarTime(iso: "2020-02-29 01:02:03.000004")!.microseconds),
                ],
                Array(repeating: .null, count: 6),
                [.int(-7), .double(-0.0), .string(""), .bool(false), .date(CalendarDate(iso: "2100-01-01")!.days), .timestamp(-1)],
            ])
    }

    @Test func numbersOfOtherWidthsAreWidened() throws {
        let sql = "SELECT 1::TINYINT, 2::SMALLINT, 3::INTEGER, 4::UTINYINT, 5::USMALLINT, 6::UINTEGER, 7::UBIGINT, 8::HUGEINT"
        #expect(try rows(sql) == [(1...8).map { .int($0) }])
    }

    @Test func decimalsAndFloatsAreDoubles() throws {
        let sql = "SELECT 1.25::FLOAT, 1.5::DECIMAL(4,1), -2.25::DECIMAL(9,2), 3.125::DECIMAL(18,3), 0.1::DECIMAL(38,10)"
        #expect(try rows(sql) == [[1.25, 1.5, -2.25, 3.125, 0.1].map { .double($0) }])
    }

    @Test func timestampsOfOtherUnitsBecomeMicroseconds() throws {
        let sql = """
            SELECT '1970-01-01 00:00:01'::TIMESTAMP_S, '1970-01-01 00:00:00.002'::TIMESTAMP_MS, '1970-01-01 00:00:00.000003'::TIMESTAMP_NS
            """
        #expect(try rows(sql) == [[.timestamp(1_000_000), .timestamp(2000), .timestamp(3)]])
    }

    @Test func aNumberBeyondTheIntRangeIsAFault() {
        let message = faultMessage("SELECT 170141183460469231731687303715884105727::HUGEINT AS total")
        #expect(message?.contains("`total`") == true)
    }

    @Test func aTypeTickbookCannotHoldIsNamed() {
        #expect(faultMessage("SELECT [1, 2] AS pair")?.contains("`pair`") == true)
    }

    @Test func aMillionRowsKeepTheirOrder() throws {
        let stream = try engine.query("SELECT i, 'S' || i AS s FROM range(1000000) t(i)", inputs: [:])
        var expected: Int64 = 0
        while let batch = try stream.next() {
            for row in 0..<batch.count {
                guard batch.columns[0].ints[row] == expected else { break }
                expected += 1
            }
            #expect(batch.columns[1][batch.count - 1] == .string("S\(expected - 1)"))
        }
        #expect(expected == 1_000_000)
    }

    @Test func aQueryWithoutRowsHasASchemaAndNoBatch() throws {
        let stream = try engine.query("SELECT 1::BIGINT AS a, 'x' AS b WHERE false", inputs: [:])
        #expect(stream.schema == Schema([Field("a", .int), Field("b", .string)]))
        #expect(try stream.next() == nil)
        #expect(try stream.next() == nil)
    }

    @Test(arguments: DataType.allCases, [0..<20, 3..<14, 9..<10])
    func slicesOfEveryTypeGoThroughAsInputs(type: DataType, range: Range<Int>) throws {
        let slice = sample(type).slice(range)
        let stream = try engine.query("SELECT * FROM rows", inputs: ["rows": InMemoryStream(schema: slice.schema, batches: [slice])])
        #expect(try values(stream.collect()) == values([slice]))
    }

    @Test func twoStatementsSeeTheirOwnInputsOfOneName() throws {
        let (first, second) = (sample(.int).slice(0..<2), sample(.string).slice(0..<2))
        let one = try engine.query("SELECT * FROM x", inputs: ["x": InMemoryStream(schema: first.schema, batches: [first])])
        let two = try engine.query("SELECT * FROM x", inputs: ["x": InMemoryStream(schema: second.schema, batches: [second])])
        #expect(try values(two.collect()) == values([second]))
        #expect(try values(one.collect()) == values([first]))
    }

    @Test func anInputMayBeAQueryOfTheSameEngine() throws {
        let inner = try engine.query("SELECT i FROM range(300000) t(i)", inputs: [:])
        let outer = try engine.query("SELECT sum(i) FROM x", inputs: ["x": inner])
        #expect(try values(outer.collect()) == [.int(44_999_850_000)])
    }

    @Test func anInputsNameEndsWithItsStatement() throws {
        let batch = sample(.int)
        _ = try engine.query("SELECT * FROM gone", inputs: ["gone": InMemoryStream(schema: batch.schema, batches: [batch])]).collect()
        #expect(faultMessage("SELECT * FROM gone")?.contains("gone") == true)
    }

    @Test func anInputsErrorComesOutAsItWas() {
        #expect(throws: BrokenStream.Fault.self) {
            try engine.query("SELECT count(*) FROM x", inputs: ["x": BrokenStream()]).collect()
        }
    }

    @Test func aRefusedStatementGivesDuckDBsWordsWithoutTheirClass() {
        let message = faultMessage("SELECT nothing FROM nowhere")
        #expect(message?.hasPrefix("Table with name nowhere does not exist") == true)
    }

    @Test func anErrorAmongTheRowsIsThrown() {
        #expect(faultMessage("SELECT CAST(CASE WHEN i = 900000 THEN 'x' ELSE '1' END AS BIGINT) FROM range(1000000) t(i)") != nil)
    }

    @Test func cancelEndsARunningStatement() async throws {
        let engine = engine
        let running = Task { try engine.query("SELECT count(*) FROM range(100000000000) a(i) WHERE sin(i) > 2", inputs: [:]).collect() }
        let cancelling = Task {
            while !Task.isCancelled {
                engine.cancel()
                await Task.yield()
            }
        }
        let fault = await #expect(throws: EngineFault.self) { try await running.value }
        cancelling.cancel()
        guard case .cancelled = fault else { return #expect(Bool(false), "expected a cancellation, found \(String(describing: fault))") }
    }

    @Test func aStreamCancelledBetweenBatchesEnds() throws {
        let stream = try engine.query("SELECT i FROM range(10000000) t(i)", inputs: [:])
        #expect(try stream.next() != nil)
        engine.cancel()
        #expect(throws: EngineFault.self) { try stream.next() }
    }

    @Test func theEngineWorksOnAfterACancellation() throws {
        let stream = try engine.query("SELECT i FROM range(10000000) t(i)", inputs: [:])
        _ = try stream.next()
        engine.cancel()
        #expect(throws: EngineFault.self) { try stream.next() }
        #expect(try rows("SELECT 1::BIGINT") == [[.int(1)]])
    }

    @Test func anAbandonedStreamFreesItsConnection() throws {
        for _ in 0..<20 { _ = try engine.query("SELECT i FROM range(10000000) t(i)", inputs: [:]).next() }
        #expect(try rows("SELECT 1::BIGINT") == [[.int(1)]])
    }

    @Test func explainShowsThePhysicalPlan() throws {
        #expect(try engine.explain("SELECT i FROM range(10) t(i) WHERE i > 3", inputs: [:]).lowercased().contains("filter"))
    }

    private func rows(_ sql: String) throws -> [[Value]] {
        try engine.query(sql, inputs: [:]).collect().flatMap { batch in
            (0..<batch.count).map { row in batch.columns.map { $0[row] } }
        }
    }

    private func faultMessage(_ sql: String) -> String? {
        let fault = #expect(throws: EngineFault.self) { try engine.query(sql, inputs: [:]).collect() }
        guard case .statement(let message) = fault else { return nil }
        return message
    }
}

private final class BrokenStream: RecordBatchStream {
    struct Fault: Error, Equatable {}
    let schema = Schema([Field("a", .int)])
    func next() throws -> RecordBatch? { throw Fault() }
}
