import Columnar
import Indicators
import Language
import Planner
import Testing

/// Rows of several entities through the stream operator.
struct SeriesStageTests {
    private let schema = Schema([Field("symbol", .string), Field("date", .date), Field("close", .double), Field("volume", .int)])

    private struct Row {
        let symbol: String?
        let date: Int32
        let close: Double?
    }

    private func rows(_ counts: [(String, Int)], seed: UInt64 = 1) -> [Row] {
        var generator = SeededGenerator(seed: seed)
        return counts.flatMap { symbol, count in
            (0..<count).map { day in
                let isNull = Int.random(in: 0..<30, using: &generator) == 0
                return Row(symbol: symbol, date: Int32(day), close: isNull ? nil : .random(in: 50...150, using: &generator))
            }
        }
    }

    private func batches(_ rows: [Row], _ sizes: [Int]) -> [RecordBatch] {
        var start = 0
        return sizes.map { size in
            let part = rows[start..<start + size]
            start += size
            let columns = [
                column(.string, part.map { $0.symbol.map(Value.string) ?? .null }), column(.date, part.map { .date($0.date) }),
                column(.double, doubles(part.map(\.close))), column(.int, part.map { .int(Int64($0.date) * 3) }),
            ]
            return RecordBatch(schema: schema, columns: columns, count: size)
        }
    }

    private func stage(
        _ rows: [Row], _ sizes: [Int]? = nil, calls: [SeriesCall], output: [String], time: String? = "date"
    ) throws -> SeriesStage {
        let input = InMemoryStream(schema: schema, batches: batches(rows, sizes ?? (rows.isEmpty ? [] : [rows.count])))
        return try SeriesStage(input: input, step: SeriesStep(entity: ["symbol"], calls: calls, output: output), time: time)
    }

    private func table(_ stage: SeriesStage) throws -> [[String]] {
        try stage.collect().flatMap { batch in (0..<batch.count).map { row in bits(batch.columns.map { $0[row] }) } }
    }

    private func call(_ output: String, _ function: String, _ input: String, _ parameters: Value...) -> SeriesCall {
        SeriesCall(output: output, function: function, inputs: [input], parameters: parameters, window: .row)
    }

    private var features: [SeriesCall] {
        [
            call("daily_return", "change", "close", .int(1)), call("ma_7", "sma", "close", .int(7), .bool(false)),
            call("volatility", "stddev", "daily_return", .int(5), .int(1), .bool(false)),
            call("tomorrow", "next", "close", .int(1)), call("return_ahead", "next", "daily_return", .int(3)),
            call("ahead_ma", "sma", "tomorrow", .int(3), .bool(true)), call("traded", "sum", "volume", .int(2), .bool(false)),
        ]
    }
    private let names = ["symbol", "date", "close", "daily_return", "ma_7", "volatility", "tomorrow", "return_ahead", "ahead_ma", "traded"]

    @Test func splitsOfTheStreamDoNotChangeBits() throws {
        let data = rows([("A", 1), ("AA", 900), ("B", 2), ("C", 3), ("D", 600), ("E", 1)])
        let whole = try table(stage(data, calls: features, output: names))
        #expect(whole.count == data.count)
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<20 {
            #expect(try table(stage(data, randomSizes(data.count, &generator), calls: features, output: names)) == whole)
        }
        #expect(try table(stage(data, Array(repeating: 1, count: data.count), calls: features, output: names)) == whole)
    }

    @Test func entitiesDoNotReachIntoEachOther() throws {
        let data = rows([("A", 50), ("B", 3), ("C", 80)])
        let together = try table(stage(data, calls: features, output: names))
        var alone: [[String]] = []
        for symbol in ["A", "B", "C"] {
            alone += try table(stage(data.filter { $0.symbol == symbol }, calls: features, output: names))
        }
        #expect(together == alone)
    }

    @Test func batchesLargerThanABlockKeepEveryRow() throws {
        let data = rows([("A", 40_000), ("B", 20_000)])
        let whole = try table(stage(data, calls: features, output: names))
        #expect(whole.map { $0[0] + $0[1] } == data.map { $0.symbol! + Value.date($0.date).description })
        #expect(try table(stage(data, [1, 59_999], calls: features, output: names)) == whole)
    }

    @Test func lookAheadNestsBothWays() throws {
        let data = (0..<5).map { Row(symbol: "A", date: Int32($0), close: Double(1 << $0)) }
        let calls = [
            call("r", "change", "close", .int(1)), call("nr", "next", "r", .int(2)), call("n", "next", "close", .int(1)),
            call("m", "sma", "n", .int(2), .bool(false)), call("nn", "next", "n", .int(1)), call("back", "prev", "n", .int(1)),
        ]
        let output = try stage(data, [2, 2, 1], calls: calls, output: ["nr", "m", "nn", "back"]).collect()
        let found = (0..<4).map { index in output.flatMap { batch in (0..<batch.count).map { batch.columns[index][$0] } } }
        #expect(found[0] == doubles([1, 1, 1, nil, nil]))
        #expect(found[1] == doubles([nil, 3, 6, 12, nil]))
        #expect(found[2] == doubles([4, 8, 16, nil, nil]))
        #expect(found[3] == doubles([nil, 2, 4, 8, 16]))
    }

    @Test func columnsPassThroughWithoutACopyWhenNothingLooksAhead() throws {
        let batch = batches(rows([("A", 100)]), [100])[0]
        let step = SeriesStep(entity: ["symbol"], calls: [features[0]], output: ["close", "daily_return"])
        let stage = try SeriesStage(input: InMemoryStream(schema: schema, batches: [batch]), step: step, time: "date")
        #expect(try stage.next()?.columns[0].values === batch.columns[2].values)
    }

    @Test func rowsComeAsSoonAsTheirLookAheadHas() throws {
        let stage = try stage(
            rows([("A", 10)]), [4, 6], calls: [call("n", "next", "close", .int(3))], output: ["date", "n"])
        #expect(try stage.next()?.count == 1)
    }

    @Test func aCallsOutputHidesAColumnOfItsName() throws {
        let data = [1.0, 2, 4].enumerated().map { Row(symbol: "A", date: Int32($0), close: $1) }
        let calls = [call("close", "prev", "close", .int(1)), call("d", "prev", "close", .int(1))]
        let batch = try stage(data, calls: calls, output: ["close", "d"]).next()!
        #expect((0..<3).map { batch.columns[0][$0] } == doubles([nil, 1, 2]))
        #expect((0..<3).map { batch.columns[1][$0] } == doubles([nil, nil, 1]))
    }

    @Test func anEmptyStreamGivesNoBatch() throws {
        #expect(try stage([], calls: features, output: names).collect().isEmpty)
    }

    @Test func withoutCallsRowsPassUnchanged() throws {
        let data = rows([("A", 5), ("B", 5)])
        #expect(try table(stage(data, [3, 7], calls: [], output: ["symbol", "close"])).count == 10)
    }

    @Test func theSchemaNamesTheOutputAndItsTypes() throws {
        let stage = try stage([], calls: features, output: ["date", "traded", "ma_7"])
        #expect(stage.schema == Schema([Field("date", .date), Field("traded", .int), Field("ma_7", .double)]))
    }

    @Test func aNullEntityIsOneEntityAndLast() throws {
        let data = [Row(symbol: "A", date: 1, close: 1), Row(symbol: nil, date: 1, close: 2), Row(symbol: nil, date: 2, close: 3)]
        let batch = try stage(data, calls: [call("p", "prev", "close", .int(1))], output: ["p"]).next()!
        #expect((0..<3).map { batch.columns[0][$0] } == doubles([nil, nil, 2]))
    }

    @Test(arguments: [[5], [2, 3], [3, 2], [4, 1], [1, 1, 1, 1, 1]])
    func aRepeatedKeyIsRefused(_ sizes: [Int]) throws {
        let data = [1, 2, 3, 3, 4].map { Row(symbol: "A", date: $0, close: 1) }
        let stage = try stage(data, sizes, calls: features, output: names)
        #expect(throws: SeriesFault.duplicateKey(entity: [.string("A")], time: .date(3))) { try stage.collect() }
    }

    @Test(arguments: [[4], [2, 2], [3, 1], [1, 1, 1, 1]])
    func timeGoingBackIsRefused(_ sizes: [Int]) throws {
        let data = [1, 2, 5, 4].map { Row(symbol: "A", date: $0, close: 1) }
        let stage = try stage(data, sizes, calls: features, output: names)
        #expect(throws: SeriesFault.timeGoesBack(entity: [.string("A")], from: .date(5), to: .date(4))) { try stage.collect() }
    }

    @Test(arguments: [[3], [2, 1], [1, 1, 1]])
    func anEntityThatReturnsIsRefused(_ sizes: [Int]) throws {
        let data = [("A", 1), ("B", 1), ("A", 2)].map { Row(symbol: $0, date: $1, close: 1) }
        let stage = try stage(data, sizes, calls: features, output: names)
        #expect(throws: SeriesFault.entitiesUnsorted(from: [.string("B")], to: [.string("A")])) { try stage.collect() }
    }

    @Test func aNullTimeIsRefused() throws {
        let schema = Schema([Field("date", .date), Field("close", .double)])
        let batch = RecordBatch(
            schema: schema, columns: [column(.date, [.date(1), .null]), column(.double, doubles([1, 2]))], count: 2)
        let stage = try SeriesStage(
            input: InMemoryStream(schema: schema, batches: [batch]), step: SeriesStep(entity: [], calls: [], output: ["close"]),
            time: "date")
        #expect(throws: SeriesFault.missingTime(entity: [], column: "date")) { try stage.collect() }
    }

    @Test func entitiesOfSeveralColumnsStartWhereAnyChanges() throws {
        let schema = Schema([Field("market", .int), Field("symbol", .string), Field("close", .double)])
        let columns = [
            column(.int, ints([1, 1, 1, 2, 2])), column(.string, ["A", "A", "B", "A", "A"].map(Value.string)),
            column(.double, doubles([1, 2, 3, 4, 5])),
        ]
        let input = InMemoryStream(schema: schema, batches: [RecordBatch(schema: schema, columns: columns, count: 5)])
        let step = SeriesStep(entity: ["market", "symbol"], calls: [call("p", "prev", "close", .int(1))], output: ["p"])
        let batch = try SeriesStage(input: input, step: step).next()!
        #expect((0..<5).map { batch.columns[0][$0] } == doubles([nil, 1, nil, nil, 4]))
    }

    @Test func anUnknownFunctionIsRefusedWithTheKnownOnes() {
        #expect(throws: SeriesFault.unknownFunction("smma", known: BuiltinIndicators.byName.keys.sorted())) {
            try stage([], calls: [call("m", "smma", "close", .int(3))], output: ["m"])
        }
    }

    @Test func anUnknownColumnIsRefusedWithTheKnownOnes() {
        #expect(throws: SeriesFault.unknownColumn("clos", neededBy: "p", known: schema.names.sorted())) {
            try stage([], calls: [call("p", "prev", "clos", .int(1))], output: ["p"])
        }
    }

    @Test func infinitiesAndNaNInAnInputCountAsNull() throws {
        let schema = Schema([Field("x", .double)])
        let batch = RecordBatch(schema: schema, columns: [column(.double, doubles([1, .nan, .infinity, 4]))], count: 4)
        let step = SeriesStep(entity: [], calls: [call("p", "prev", "x", .int(1))], output: ["p"])
        let found = try SeriesStage(input: InMemoryStream(schema: schema, batches: [batch]), step: step).next()!
        #expect((0..<4).map { found.columns[0][$0] } == doubles([nil, 1, nil, nil]))
    }
}
