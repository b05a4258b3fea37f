import Charts
import Columnar
import Language
import Testing

@testable import Runtime

@Suite struct HistogramMakingTests {
    private func bins(_ values: [Value], _ type: DataType, _ bins: Int) throws -> [HistogramBin] {
        var builder = ColumnBuilder(type: type)
        for value in values { builder.append(value) }
        let field = Field("x", type)
        let batch = RecordBatch(schema: Schema([field]), columns: [builder.finish()], count: values.count)
        let chart = try HistogramMaking(field: field, bins: bins).chart { InMemoryStream(schema: batch.schema, batches: [batch]) }
        guard case .bars(let made) = chart.marks else { return [] }
        return made
    }

    @Test func everyValueIsCountedOnceWithinItsEdges() throws {
        let numbers = (0..<1000).map { Double(($0 * 7919) % 1009) / 10.09 }
        let made = try bins(numbers.map(Value.double), .double, 7)
        #expect(made.count == 7)
        for (index, bin) in made.enumerated() {
            let isLast = index == made.count - 1
            #expect(bin.count == numbers.count { $0 >= bin.lower && (isLast ? $0 <= bin.upper : $0 < bin.upper) })
        }
        #expect(made.map(\.count).reduce(0, +) == 1000)
    }

    @Test func wholeNumbersOfASmallRangeHaveABinEach() throws {
        let made = try bins([1, 2, 2, 5].map(Value.int), .int, 30)
        #expect(made.map(\.count) == [1, 2, 0, 0, 1])
        #expect(made[0].lower == 0.5 && made[4].upper == 5.5)
    }

    @Test(arguments: [0, 3.5, -1e300, Double.greatestFiniteMagnitude, -Double.greatestFiniteMagnitude]) func oneValueAloneHasABin(value: Double)
        throws
    {
        let made = try bins([.double(value), .null, .double(value)], .double, 30)
        #expect(made.map(\.count) == [2])
        #expect(made[0].lower < made[0].upper)
    }

    @Test func theWidestRangeIsDivided() throws {
        let largest = Double.greatestFiniteMagnitude
        #expect(try bins([.double(-largest), .double(0), .double(largest)], .double, 3).map(\.count) == [1, 1, 1])
        #expect(try bins([.int(.max), .int(.max)], .int, 3).map(\.count) == [2])
    }

    @Test func nullsAloneHaveNoBins() throws { #expect(try bins([.null], .double, 3).isEmpty) }
}
