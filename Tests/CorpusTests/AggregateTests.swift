import Columnar
import Engine
import Language
import Planner
import Testing

/// What `summarize` promises whatever the order of rows and the number of threads.
@Suite struct AggregateTests {
    private static let code = """
        show numbers | group(name) | summarize(total = sum(x), mean = avg(x), spread = stddev(x), middle = median(x), low = min(x),
          high = max(x), n = count(), known = count(x), kinds = count_distinct(x), opened = first(x), closed = last(x), whole = sum(i))
        """

    @Test(arguments: [1, 2]) func bitsDoNotDependOnThreadsOrOrder(threads: Int) throws {
        let rows = Self.numbers(200_000)
        let expected = try run(Self.code, rows, threads: 1)
        #expect(try run(Self.code, Self.table(rows.reversed()), threads: threads) == expected)
        var random = Generator(state: 7)
        #expect(try run(Self.code, Self.table(rows.shuffled(using: &random)), threads: threads) == expected)
    }

    private static let large = [(name: "a", time: Int32(1), x: 1.7e308 as Double?, i: Int64.max), ("a", 2, 1.7e308, 1)]

    @Test func doublesTooLargeAreNull() throws {
        let found = try run("show numbers | summarize(x = sum(x), mean = avg(x))", Self.large, threads: 1)
        #expect(found == "x | mean\nnull | null")
    }

    @Test func intsBeyond64BitsAreAnError() throws {
        #expect(throws: EngineFault.self) { try run("show numbers | summarize(i = sum(i))", Self.large, threads: 1) }
    }

    @Test func aSpreadThatDoesNotFitIsNull() throws {
        let rows = [(name: "a", time: Int32(1), x: 1.7e308 as Double?, i: Int64(1)), ("a", 2, -1.7e308, 1)]
        #expect(try run("show numbers | summarize(spread = stddev(x))", rows, threads: 1) == "spread\nnull")
    }

    @Test func ofNoRowsThereIsACountOnly() throws {
        let found = try run(
            "show numbers | where(i > 5) | summarize(n = count(), t = sum(x), m = avg(x), s = stddev(x), f = first(x))", [], threads: 1)
        #expect(found == "n | t | m | s | f\n0 | null | null | null | null")
    }

    @Test func ofOneTimeTheSmallestIsFirstAndTheLargestLast() throws {
        let rows = [(name: "b", time: Int32(1), x: 3.0 as Double?, i: Int64(1)), ("a", 1, 2.0, 1), ("c", 1, nil, 1)]
        #expect(try run("show numbers | summarize(f = first(x), l = last(x))", rows, threads: 1) == "f | l\n2.0 | 3.0")
    }

    private typealias Row = (name: String, time: Int32, x: Double?, i: Int64)

    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private static func numbers(_ count: Int) -> [Row] {
        var random = Generator(state: 42)
        return (0..<count).map { index in
            let x = Double.random(in: -1...1, using: &random) * (index % 3 == 0 ? 1e12 : 1e-6)
            return ("S\(index % 5)", Int32(index / 50), index % 11 == 0 ? nil : x, Int64(index))
        }
    }

    private static func table(_ rows: [Row]) -> RecordBatch {
        var columns = [DataType.string, .date, .double, .int].map { ColumnBuilder(type: $0) }
        for row in rows {
            for (index, value) in [Value.string(row.name), .date(row.time), row.x.map(Value.double) ?? .null, .int(row.i)].enumerated() {
                columns[index].append(value)
            }
        }
        let schema = Schema([Field("name", .string), Field("time", .date), Field("x", .double), Field("i", .int)])
        return RecordBatch(schema: schema, columns: columns.indices.map { columns[$0].finish() }, count: rows.count)
    }

    private func run(_ code: String, _ rows: [Row], threads: Int) throws -> String { try run(code, Self.table(rows), threads: threads) }

    private func run(_ code: String, _ table: RecordBatch, threads: Int) throws -> String {
        let shape = TableShape(
            columns: table.schema.fields.map { ColumnShape(name: $0.name, type: $0.type) }, key: Key(entity: ["name"], time: "time"))
        let checked = CheckedCase(code, catalog: InMemoryCatalog(tables: ["numbers": shape]))
        let pipeline = try #require(checked.pipelines.first, "\(checked.rendered)")
        return try PlanRunner(threads: threads).rows(PipelinePlanner.plan(pipeline), tables: ["numbers": table]).text
    }
}
