import Columnar
import Indicators
import Language
import Planner
import Testing

/// Calls that want different results of one function.
struct SeveralResultsTests {
    private let schema = Schema([Field("symbol", .string), Field("date", .date), Field("x", .double)])

    private func batch(_ symbols: [(String, Int)]) -> RecordBatch {
        var columns: [[Value]] = [[], [], []]
        for (symbol, count) in symbols {
            for day in 0..<count {
                columns[0].append(.string(symbol))
                columns[1].append(.date(Int32(day)))
                columns[2].append(.double(Double((day * 37) % 61) + Double(symbol.utf8.first!)))
            }
        }
        return RecordBatch(
            schema: schema, columns: zip(schema.fields, columns).map { column($0.type, $1) }, count: columns[0].count)
    }

    private func call(_ output: String, _ component: Int, of function: String = "macd") -> SeriesCall {
        let parameters: [Value] = function == "macd" ? [.int(3), .int(7), .int(4)] : [.int(5)]
        return SeriesCall(output: output, function: function, inputs: ["x"], parameters: parameters, window: .row, component: component)
    }

    private func stage(_ batches: [RecordBatch], _ calls: [SeriesCall], states: EntityStates? = nil) throws -> SeriesStage {
        try SeriesStage(
            input: InMemoryStream(schema: schema, batches: batches),
            step: SeriesStep(entity: ["symbol"], calls: calls, output: calls.map(\.output)), time: "date", states: states)
    }

    private func results(_ number: Int, of stage: SeriesStage) throws -> [Value] {
        try stage.collect().flatMap { batch in (0..<batch.count).map { batch.columns[number][$0] } }
    }

    @Test func eachCallGetsTheResultItWants() throws {
        let rows = batch([("A", 40), ("B", 30)])
        let together = [call("h", 2), call("e", 0, of: "ema"), call("m", 0), call("s", 1), call("again", 2)]
        for (number, single) in together.enumerated() {
            let alone = try results(0, of: stage([rows], [single]))
            #expect(bits(try results(number, of: stage([rows], together))) == bits(alone))
        }
    }

    @Test func aCallOfAColumnThatIsHiddenMeanwhileIsAnother() throws {
        let rows = batch([("A", 40)])
        let calls = [call("x", 0), call("y", 0)]
        let found = try stage([rows], calls).collect()[0]
        #expect(bits((0..<40).map { found.columns[0][$0] }) != bits((0..<40).map { found.columns[1][$0] }))
    }

    @Test func onlyTheFirstOfSuchCallsHoldsAState() throws {
        let states = EntityStates()
        _ = try stage([batch([("A", 40), ("B", 30)])], [call("e", 0, of: "ema"), call("m", 0), call("s", 1)], states: states).collect()
        #expect(states.reached.map { $0.states.map(\.isEmpty) } == [[false, false, true], [false, false, true]])
    }

    @Test func resultsGoOnFromSavedStates() throws {
        let calls = [call("m", 0), call("e", 0, of: "ema"), call("s", 1)]
        let rows = batch([("A", 40)])
        let states = EntityStates()
        _ = try stage([rows.slice(0..<25)], calls, states: states).collect()
        let resumed = EntityStates(resumed: Dictionary(uniqueKeysWithValues: states.reached.map { ($0.entity, $0.states) }))
        for number in calls.indices {
            let whole = try results(number, of: stage([rows], calls))
            #expect(bits(try results(number, of: stage([rows.slice(25..<40)], calls, states: resumed))) == bits(Array(whole[25...])))
        }
    }
}
