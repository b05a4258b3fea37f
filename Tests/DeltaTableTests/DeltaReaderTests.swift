import Columnar
import Engine
import Foundation
import Testing

@testable import DeltaTable

/// Tables written here are read by another program's Delta reader, and the other way round.
@Suite struct DeltaReaderTests {
    private let folder = TemporaryFolder()
    private var table: DeltaTable { DeltaTable(root: folder.path) }

    private typealias ColumnValues = (name: String, type: String, values: [Any])

    private func write(_ path: String, _ columns: [ColumnValues]) throws -> Int {
        try #require(try write([(path, columns)]).first)
    }

    /// Writes Parquet files and returns their sizes.
    private func write(_ files: [(path: String, columns: [ColumnValues])]) throws -> [Int] {
        let described = files.map { file in
            [
                "path": file.path,
                "columns": file.columns.map { ["name": $0.name, "type": $0.type, "values": $0.values] as [String: Any] },
            ] as [String: Any]
        }
        return try #require(try PythonReader.ask(["do": "write", "root": folder.path, "files": described])["sizes"] as? [Int])
    }

    private func read(_ more: [String: Any] = [:]) throws -> [String: Any] {
        try PythonReader.ask(["do": "read", "root": folder.path].merging(more) { $1 })
    }

    @Test func partitionValuesReadBack() throws {
        let values = ["A/B", "100%", "a b", "a=b", "Ünï", "a:b", "__x__", "%2F", "p?#&+", "'\"", "..", "null", nil]
        let paths = try values.enumerated().map { number, text in
            try PartitionPath.folder(columns: bySymbol, values: [text.map(Value.string) ?? .null]) + "/\(number).parquet"
        }
        let sizes = try write(paths.enumerated().map { ($1, [("x", "int", [$0])]) })
        var transaction = append(schema: Schema([Field("symbol", .string), Field("x", .int)]), partitioning: bySymbol)
        for (number, text) in values.enumerated() {
            let bound = Value.int(Int64(number))
            transaction.adds.append(
                writtenFile(
                    paths[number], partition: [text.map(Value.string) ?? .null], byteCount: sizes[number],
                    statistics: ["x": statistics(bound, bound)]))
        }
        _ = try table.commit(transaction)
        let rows = try #require(try read()["rows"] as? [[String: Any]])
        let found = Dictionary(uniqueKeysWithValues: rows.map { ($0["x"] as! Int, $0["symbol"] as? String) })
        for (number, text) in values.enumerated() { #expect(found[number] == .some(text)) }
        let snapshot = try #require(try table.snapshot())
        #expect(snapshot.files.map(\.partition) == values.map { [$0.map(Value.string) ?? .null] })
    }

    @Test func partitionsOfEveryTypeReadBack() throws {
        let typed: [(name: String, type: DataType, value: Value)] = [
            ("i", .int, .int(-7)), ("d", .double, .double(1.5)), ("b", .bool, .bool(true)), ("day", .date, .date(15_400)),
            ("t", .timestamp, .timestamp(1_330_594_200_123_456)),
        ]
        let schema = Schema(typed.map { Field($0.name, $0.type) } + [Field("x", .int)])
        let columns = typed.map { PartitionColumn(name: $0.name, source: $0.name, part: nil) }
        let path = try PartitionPath.folder(columns: columns, values: typed.map(\.value)) + "/a.parquet"
        let byteCount = try write(path, [("x", "int", [1])])
        let file = writtenFile(path, partition: typed.map(\.value), byteCount: byteCount)
        _ = try table.commit(append(file, schema: schema, partitioning: columns))
        let row = try #require((try read()["rows"] as? [[String: Any]])?.first)
        #expect(row["i"] as? Int == -7)
        #expect(row["d"] as? Double == 1.5)
        #expect(row["b"] as? Bool == true)
        #expect(row["day"] as? String == "2012-03-01")
        #expect(row["t"] as? String == "2012-03-01T09:30:00.123456Z")
        #expect(try table.snapshot()?.files.first?.partition == typed.map(\.value))
    }

    @Test func allTypesWithNullsReadBack() throws {
        let schema = Schema(DataType.allCases.map { Field("c_" + $0.rawValue, $0) })
        let byteCount = try write(
            "a.parquet",
            [
                ("c_int", "int", [Int.max, NSNull()]), ("c_double", "double", [0.1, NSNull()]), ("c_string", "string", ["Ünï", NSNull()]),
                ("c_bool", "bool", [true, NSNull()]), ("c_date", "date", ["2012-03-01", NSNull()]),
                ("c_timestamp", "timestamp", ["2012-03-01T09:30:00.123456", NSNull()]),
            ])
        let moment = Value.timestamp(1_330_594_200_123_456)
        let bounds = [
            "c_int": statistics(.int(.max), .int(.max), nulls: 1), "c_double": statistics(.double(0.1), .double(0.1), nulls: 1),
            "c_string": statistics(.string("Ünï"), .string("Ünï"), nulls: 1), "c_bool": statistics(.bool(true), .bool(true), nulls: 1),
            "c_date": statistics(.date(15_400), .date(15_400), nulls: 1), "c_timestamp": statistics(moment, moment, nulls: 1),
        ]
        _ = try table.commit(append(writtenFile("a.parquet", rowCount: 2, byteCount: byteCount, statistics: bounds), schema: schema))
        let answer = try read(["sql": "select c_int from t where c_timestamp > timestamp '2012-03-01T09:30:00.123455Z'"])
        let rows = try #require(answer["rows"] as? [[String: Any]])
        #expect(rows[0]["c_int"] as? Int == .max)
        #expect(rows[0]["c_double"] as? Double == 0.1)
        #expect(rows[0]["c_string"] as? String == "Ünï")
        #expect(rows[0]["c_bool"] as? Bool == true)
        #expect(rows[0]["c_date"] as? String == "2012-03-01")
        #expect(rows[0]["c_timestamp"] as? String == "2012-03-01T09:30:00.123456Z")
        #expect(rows[1].values.allSatisfy { $0 is NSNull })
        #expect((answer["found"] as? [[String: Any]])?.count == 1)
        #expect((answer["types"] as? [String: String])?["c_timestamp"] == "timestamp[us, tz=UTC]")
        #expect(try table.snapshot()?.files.first?.statistics == bounds)
    }

    @Test func calendarPartsAreColumnsToOtherReaders() throws {
        let columns = [PartitionColumn(name: "year", source: "date", part: .year)]
        let byteCount = try write("year=2012/a.parquet", [("date", "date", ["2012-03-01"]), ("x", "int", [1])])
        let schema = Schema([Field("date", .date), Field("x", .int)])
        let file = writtenFile("year=2012/a.parquet", partition: [.int(2012)], byteCount: byteCount)
        _ = try table.commit(append(file, schema: schema, partitioning: columns))
        let answer = try read(["sql": "select x from t where year = 2012"])
        #expect(answer["partitions"] as? [String] == ["year"])
        #expect((answer["rows"] as? [[String: Any]])?.first?["year"] as? Int == 2012)
        #expect((answer["found"] as? [[String: Any]])?.count == 1)
        #expect(try table.snapshot()?.schema == schema)
    }

    @Test func versionsHistoryAndTransactionsReadBack() throws {
        let schema = Schema([Field("x", .int)])
        let sizes = try write((0..<3).map { ("\($0).parquet", [("x", "int", [$0])]) })
        var first = append(writtenFile("0.parquet", byteCount: sizes[0]), schema: schema)
        first.identity = Transaction.Identity(appId: "notebook/cell", version: 41)
        first.record = CommitRecord()
        _ = try table.commit(first)
        _ = try table.commit(append(writtenFile("1.parquet", byteCount: sizes[1]), schema: schema))
        let read1 = try #require(try table.snapshot())
        let third = writtenFile("2.parquet", byteCount: sizes[2])
        _ = try table.commit(replacement(of: read1, removing: [read1.files[0]], adding: third, schema: schema))
        func values(_ version: Int) throws -> [Int] {
            try #require(try read(["version": version])["rows"] as? [[String: Int]]).compactMap { $0["x"] }.sorted()
        }
        #expect(try values(0) == [0])
        #expect(try values(1) == [0, 1])
        #expect(try values(2) == [1, 2])
        let newest = try read(["appId": "notebook/cell"])
        #expect(newest["version"] as? Int == 2)
        #expect(newest["transaction"] as? Int == 41)
        #expect(newest["operations"] as? [String] == ["MERGE", "WRITE", "WRITE"])
    }

    @Test func columnAddedLaterIsNullInOldFiles() throws {
        let sizes = try write([("0.parquet", [("x", "int", [0])]), ("1.parquet", [("x", "int", [1]), ("y", "double", [0.5])])])
        _ = try table.commit(append(writtenFile("0.parquet", byteCount: sizes[0]), schema: Schema([Field("x", .int)])))
        let wider = Schema([Field("x", .int), Field("y", .double)])
        let before = try #require(try table.snapshot())
        _ = try table.commit(replacement(of: before, removing: [], adding: writtenFile("1.parquet", byteCount: sizes[1]), schema: wider))
        let rows = try #require(try read()["rows"] as? [[String: Any]])
        #expect(Set(rows.map { $0["y"] as? Double }) == [nil, 0.5])
    }

    @Test func whatAnotherProgramAppendsIsRead() throws {
        let columns: [[String: Any]] = [
            ["name": "symbol", "type": "string", "values": ["A/B", "Ünï %", NSNull()]],
            ["name": "t", "type": "timestamp", "values": ["2012-03-01T09:30:00.123456", "2012-03-01T09:30:00.5", NSNull()]],
        ]
        _ = try PythonReader.ask(["do": "append", "root": folder.path, "columns": columns, "partitionBy": ["symbol"]])
        let snapshot = try #require(try table.snapshot())
        #expect(snapshot.schema == Schema([Field("symbol", .string), Field("t", .timestamp)]))
        #expect(Set(snapshot.files.map(\.partition)) == [[.string("A/B")], [.string("Ünï %")], [.null]])
        for file in snapshot.files { #expect(FileManager.default.fileExists(atPath: folder.path + "/" + file.path)) }
        let moment = try #require(snapshot.files.first { $0.partition == [.string("A/B")] }?.statistics["t"]?.maximum)
        #expect(moment == .timestamp(1_330_594_200_123_999))
        _ = try table.commit(
            replacement(of: snapshot, removing: snapshot.files, schema: snapshot.schema, partitioning: snapshot.partitioning))
        #expect((try read()["rows"] as? [Any])?.isEmpty == true)
    }
}
