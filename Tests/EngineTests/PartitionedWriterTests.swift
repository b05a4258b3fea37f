import Columnar
@testable import Engine
import Testing

@Suite struct PartitionedWriterTests {
    let engine = RecordingEngine()
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func interleavedRowsKeepTheirOrderInEachPartition() throws {
        let rows = (0..<1000).map { row in (["A", "B", "C"][row % 3], Int32(row), Double(row)) }
        let files = try write(prices(rows), by: [symbol])
        #expect(files.map(\.partition) == [[.string("A")], [.string("B")], [.string("C")]])
        for (index, file) in files.enumerated() {
            let expected = stride(from: index, to: 1000, by: 3).map { Value.double(Double($0)) }
            #expect(engine.values(folder.path + "/" + file.path, column: 2) == expected)
        }
    }

    @Test func longRunsKeepTheirOrderAmongShortOnes() throws {
        let rows = (0..<9000).map { row in (row == 4000 ? "B" : "A", Int32(row), Double(row)) }
        let files = try write(prices(rows), by: [symbol])
        #expect(engine.values(folder.path + "/" + files[0].path, column: 2).count == 8999)
        #expect(files[0].isSorted)
    }

    @Test func aTimestampsMonthIsItsCalendarMonth() throws {
        let moments = ["1969-12-31 23:59:59.999999", "1970-01-01 00:00:00", "1970-01-31 23:59:59", "1970-02-01", "1972-02-29 12:00:00"]
        var builder = ColumnBuilder(type: .timestamp)
        for text in moments { builder.append(.timestamp(CalendarTime(iso: text)!.microseconds)) }
        let batch = RecordBatch(schema: Schema([Field("date", .timestamp)]), columns: [builder.finish()], count: moments.count)
        let files = try write(batch, by: [year, month], keys: ["date"])
        #expect(files.map(\.partition) == [[1969, 12], [1970, 1], [1970, 2], [1972, 2]].map { $0.map { .int($0) } })
        #expect(files.map(\.rowCount) == [1, 2, 1, 1])
    }

    @Test(arguments: [PartitionColumn.Part.year, .month, .day])
    func everyDaysCalendarPartIsFoundByItsBounds(part: PartitionColumn.Part) {
        for days in Int32(-800)...1500 {
            let date = CalendarDate(days: days)
            let bounds = date.days(sharing: part)
            #expect(bounds.contains(days))
            #expect(CalendarDate(days: bounds.lowerBound).days(sharing: part) == bounds)
            #expect(CalendarDate(days: bounds.upperBound + 1).number(of: part) != date.number(of: part) || part == .day)
        }
    }

    @Test func aNullPartitionValueIsNull() throws {
        let files = try write(prices([("A", nil, 1), (nil, 5, 2), (nil, nil, 3)]), by: [symbol, year])
        #expect(files.map(\.partition) == [[.string("A"), .null], [.null, .int(1970)], [.null, .null]])
    }

    @Test func sourcesAreRunsInRowOrder() throws {
        let writer = writer(by: [])
        for (source, count) in [("a.csv", 2), ("a.csv", 1), ("b.csv", 2), ("a.csv", 1)] {
            try writer.append(prices(Array(repeating: ("A", 1, 1), count: count)), source: source)
        }
        let expected = [("a.csv", 3), ("b.csv", 2), ("a.csv", 1)].map { SourceRun(source: $0, rowCount: $1) }
        #expect(try writer.finish()[0].sources == expected)
    }

    @Test func aFullBudgetFlushesTheLargestPartition() throws {
        var limits = PartitionedWriter.Limits()
        limits.bufferedBytes = 4000
        let writer = writer(by: [symbol], limits: limits)
        try writer.append(prices([("B", 0, 0)]), source: nil)
        for row in 0..<1000 { try writer.append(prices([("A", Int32(row), Double(row))]), source: nil) }
        let files = try writer.finish()
        #expect(files.filter { $0.partition == [.string("A")] }.count > 1)
        #expect(files.filter { $0.partition == [.string("B")] }.count == 1)
        let joined = files.filter { $0.partition == [.string("A")] }.flatMap { engine.values(folder.path + "/" + $0.path, column: 2) }
        #expect(joined == (0..<1000).map { .double(Double($0)) })
    }

    @Test func aFileIsCutAtItsRowLimit() throws {
        var limits = PartitionedWriter.Limits()
        limits.fileRows = 300
        let files = try write(prices((0..<1000).map { ("A", Int32($0), 1) }), by: [symbol], limits: limits)
        #expect(files.map(\.rowCount) == [300, 300, 300, 100])
    }

    @Test func clusteredPartitionsHaveOneFileEach() throws {
        let rows = (0..<5000).map { row in ("S\(row / 1000)", Int32(row), Double(row)) }
        let files = try write(prices(rows), by: [symbol], isClustered: true)
        #expect(files.map(\.rowCount) == [1000, 1000, 1000, 1000, 1000])
    }

    @Test func noRowsGiveNoFiles() throws {
        #expect(try writer(by: [symbol]).finish().isEmpty)
        #expect(folder.files.isEmpty)
    }

    @Test func anEnginesRefusalEndsTheWriting() throws {
        let writer = writer(by: [symbol], engine: RecordingEngine(refusingFile: 0))
        try writer.append(prices([("A", 1, 1)]), source: nil)
        #expect(throws: RecordingEngine.Refusal.self) { try writer.finish() }
    }

    @Test func abandonLeavesNeitherFilesNorFolders() throws {
        var limits = PartitionedWriter.Limits()
        limits.fileRows = 1
        let writer = writer(by: [symbol, year], limits: limits)
        try writer.append(prices([("A", 1, 1), ("B", 2, 1), ("A", 3, 1)]), source: nil)
        writer.abandon()
        #expect(folder.files.isEmpty)
    }

    private let symbol = PartitionColumn(name: "symbol", source: "symbol", part: nil)
    private let year = PartitionColumn(name: "year", source: "date", part: .year)
    private let month = PartitionColumn(name: "month", source: "date", part: .month)

    private func write(
        _ batch: RecordBatch, by partition: [PartitionColumn], keys: [String] = ["symbol", "date"], isClustered: Bool = false,
        limits: PartitionedWriter.Limits = .init()
    ) throws -> [WrittenFile] {
        let writer = PartitionedWriter(
            schema: batch.schema, partition: partition, keys: keys, directory: folder.path, engine: engine, isClustered: isClustered,
            limits: withoutSmallFiles(limits), folder: hive(partition))
        try writer.append(batch, source: nil)
        return try writer.finish()
    }

    private func writer(
        by partition: [PartitionColumn], engine: (any Engine)? = nil, limits: PartitionedWriter.Limits = .init()
    ) -> PartitionedWriter {
        PartitionedWriter(
            schema: prices([]).schema, partition: partition, keys: ["symbol", "date"], directory: folder.path,
            engine: engine ?? self.engine, limits: withoutSmallFiles(limits), folder: hive(partition))
    }

    /// These tests look at what the engine is given, however little it is.
    private func withoutSmallFiles(_ limits: PartitionedWriter.Limits) -> PartitionedWriter.Limits {
        var limits = limits
        limits.smallFileRows = 0
        return limits
    }

    private func hive(_ partition: [PartitionColumn]) -> @Sendable ([Value]) -> String {
        { values in zip(partition, values).map { "\($0.name)=\($1)" }.joined(separator: "/") }
    }
}
