import Columnar
import DuckDBEngine
@testable import Engine
import Foundation
import Testing

@Suite struct SmallParquetFileTests {
    let engine: DuckDBEngine
    let folder: TemporaryFolder
    private var path: String { folder.path + "/small.parquet" }

    init() throws {
        engine = try DuckDBEngine(library: .open(searchFolders: [repositoryFolder]))
        folder = try TemporaryFolder()
    }

    @Test(arguments: DataType.allCases, [1, 7, 8, 9, 300, 2048])
    func everyBitComesBack(type: DataType, rowCount: Int) throws {
        var random = SeededGenerator(state: UInt64(rowCount))
        let values = (0..<rowCount).map { _ in random.value(of: type) }
        try expectBack([column(type, values)], values)
    }

    @Test(arguments: DataType.allCases)
    func slicesAreOneColumn(type: DataType) throws {
        var random = SeededGenerator(state: 5)
        let rows = (0..<50).map { _ in random.value(of: type) }
        let whole = column(type, rows)
        let full = column(type, rows.filter { !$0.isNull })
        let pieces = [whole.slice(3..<17), full.slice(1..<12), whole.slice(9..<10), whole.slice(20..<20), whole.slice(31..<50)]
        try expectBack(pieces, pieces.flatMap { piece in (0..<piece.count).map { piece[$0] } })
    }

    @Test(arguments: DataType.allCases)
    func aColumnOfNullsComesBack(type: DataType) throws { try expectBack([column(type, [.null, .null, .null])], [.null, .null, .null]) }

    @Test func valuesAtTheEdgesComeBack() throws {
        let days = ["0001-01-01", "1969-12-31", "9999-12-31"].map { Value.date(CalendarDate(iso: $0)!.days) }
        try expectBack([column(.date, days)], days)
        let moments = ["0001-01-01 00:00:00", "1969-12-31 23:59:59.999999", "9999-12-31 23:59:59.999999"]
            .map { Value.timestamp(CalendarTime(iso: $0)!.microseconds) }
        try expectBack([column(.timestamp, moments)], moments)
        try expectBack([column(.int, [.int(.min), .int(.max)])], [.int(.min), .int(.max)])
        let long = Value.string(String(repeating: "ż株", count: 5000))
        try expectBack([column(.string, [long, .string("")])], [long, .string("")])
    }

    @Test func theColumnsAreThoseOfTheEnginesOwnFile() throws {
        let fields = DataType.allCases.map { Field("a \($0) — é", $0) }
        let batch = RecordBatch(schema: Schema(fields), columns: fields.map { sample($0.type).columns[0] }, count: 20)
        try write(batch.columns, schema: batch.schema)
        let own = folder.path + "/own.parquet"
        _ = try engine.writeParquet([batch], schema: batch.schema, to: own)
        #expect(try columnTypes(path) == columnTypes(own))
    }

    @Test func moreThanFourteenColumnsComeBack() throws {
        let fields = (0..<40).map { Field("c\($0)", .int) }
        try write((0..<40).map { column(.int, [.int(Int64($0))]) }, schema: Schema(fields))
        let row = try engine.query("FROM '\(path)'", inputs: [:]).collect()[0]
        #expect(row.columns.map { $0[0] } == (0..<40).map { .int($0) })
    }

    @Test(arguments: [
        ([Value.date(-1), .null, .date(364)], "1969-12-31", "1970-12-31"), ([.int(7), .int(-7)], "-7", "7"),
        ([.string("é"), .string("b")], "b", "é"), ([.bool(true), .bool(false)], "false", "true"),
        ([.double(0.0), .double(-0.0)], "-0.0", "0.0"), ([.double(0.0)], "-0.0", "0.0"), ([.double(-0.0)], "-0.0", "0.0"),
    ])
    func theFooterHoldsBounds(values: [Value], minimum: String, maximum: String) throws {
        try write([column(type(of: values), values)])
        #expect(try bounds() == [.string(minimum), .string(maximum), .int(Int64(values.count { $0.isNull }))])
    }

    @Test(arguments: [[Value.double(1), .double(.nan)], [.string(String(repeating: "x", count: 300))]])
    func noBoundsWhereNoneCanBeTrusted(values: [Value]) throws {
        try write([column(type(of: values), values)])
        #expect(try bounds() == [.null, .null, .int(0)])
    }

    /// The pages are wiped out: only who prunes by the footer needs none.
    @Test func rowsOutsideTheBoundsAreNotRead() throws {
        try write([column(.date, (0..<100).map { .date($0) })])
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        let footerLength = bytes.suffix(8).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        bytes.replaceSubrange(4..<(bytes.count - 8 - footerLength), with: Data(count: bytes.count - 12 - footerLength))
        try bytes.write(to: URL(fileURLWithPath: path))
        let sql = "SELECT prices FROM '\(path)' WHERE prices > DATE "
        #expect(try engine.query(sql + "'1970-12-31'", inputs: [:]).collect().isEmpty)
        #expect(throws: EngineFault.self) { try engine.query(sql + "'1970-01-31'", inputs: [:]).collect() }
    }

    @Test func aFileThatIsThereStays() throws {
        try Data("theirs".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: EngineFault.self) { try write([column(.int, [.int(1)])]) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("theirs".utf8))
    }

    @Test func aFaultHoldsTheSystemsWords() throws {
        let file = SmallParquetFile([sample(.int)], schema: sample(.int).schema, statistics: [ColumnStatistics(of: sample(.int).columns)])
        do {
            _ = try file.write(to: folder.path + "/none/a.parquet")
            Issue.record("a file came to be in a folder that is not there")
        } catch { #expect("\(error)".contains(String(cString: strerror(ENOENT)))) }
    }

    private func write(_ columns: [Column], schema: Schema) throws {
        let batch = RecordBatch(schema: schema, columns: columns, count: columns[0].count)
        let statistics = columns.map { ColumnStatistics(of: [$0]) }
        _ = try SmallParquetFile([batch], schema: schema, statistics: statistics).write(to: path)
    }

    /// One column, in these pieces.
    private func write(_ pieces: [Column]) throws {
        let schema = Schema([Field("prices", pieces[0].type)])
        let batches = pieces.map { RecordBatch(schema: schema, columns: [$0], count: $0.count) }
        let size = try SmallParquetFile(batches, schema: schema, statistics: [ColumnStatistics(of: pieces)]).write(to: path)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int == size)
    }

    private func expectBack(_ pieces: [Column], _ expected: [Value]) throws {
        try write(pieces)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let found = try values(engine.query("FROM '\(path)'", inputs: [:]).collect())
        #expect(found.map(exact) == expected.map(exact))
    }

    private func columnTypes(_ path: String) throws -> [[Value]] {
        let sql = "SELECT name, type, repetition_type, converted_type, duckdb_type FROM parquet_schema('\(path)') WHERE type IS NOT NULL"
        return try engine.query(sql, inputs: [:]).collect().flatMap { batch in
            (0..<batch.count).map { row in batch.columns.map { $0[row] } }
        }
    }

    private func bounds() throws -> [Value] {
        let sql = "SELECT stats_min_value, stats_max_value, stats_null_count FROM parquet_metadata('\(path)')"
        return try engine.query(sql, inputs: [:]).collect()[0].columns.map { $0[0] }
    }
}

private func column(_ type: DataType, _ values: [Value]) -> Column {
    var builder = ColumnBuilder(type: type)
    for value in values { builder.append(value) }
    return builder.finish()
}

private func type(of values: [Value]) -> DataType {
    switch values[0] {
    case .int: .int
    case .double: .double
    case .string: .string
    case .bool: .bool
    case .date: .date
    case .timestamp, .null: .timestamp
    }
}

/// Tells zeros of either sign and NaNs of any payload apart.
private func exact(_ value: Value) -> String {
    if case .double(let number) = value { "\(number.bitPattern)" } else { "\(value)" }
}

private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 29
    }

    mutating func value(of type: DataType) -> Value {
        if Int.random(in: 0..<4, using: &self) == 0 { return .null }
        switch type {
        case .int: return .int(Int64(bitPattern: next()))
        case .double:
            let odd = [-0.0, .infinity, Double(bitPattern: 0x7ff8_0000_dead_beef), .leastNonzeroMagnitude]
            return .double(Bool.random(using: &self) ? odd.randomElement(using: &self)! : Double(bitPattern: next() >> 2))
        case .string: return .string(["", "żółć — 株価", "a somewhat longer text", "\u{0}"].randomElement(using: &self)!)
        case .bool: return .bool(Bool.random(using: &self))
        case .date: return .date(Int32.random(in: -700_000...2_900_000, using: &self))
        case .timestamp: return .timestamp(Int64.random(in: -60_000_000_000_000_000...250_000_000_000_000_000, using: &self))
        }
    }
}
