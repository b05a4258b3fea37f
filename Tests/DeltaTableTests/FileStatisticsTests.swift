import Columnar
import Engine
import Testing

@testable import DeltaTable

@Suite struct FileStatisticsTests {
    private func roundTrip(_ type: DataType, _ column: ColumnStatistics) throws -> ColumnStatistics? {
        let fields = [Field("c", type)]
        let text = FileStatistics.json(rowCount: 9, columns: fields, statistics: ["c": column]).text
        return FileStatistics.columns(of: try JSON(parsing: text), schema: fields)["c"]
    }

    @Test(arguments: [
        (DataType.int, Value.int(.min), Value.int(.max)), (.double, .double(-0.1), .double(1e300)), (.double, .double(3), .double(4)),
        (.string, .string(""), .string("Ünï \"x\"")), (.bool, .bool(false), .bool(true)), (.date, .date(-719_162), .date(2_932_896)),
        (.timestamp, .timestamp(-1), .timestamp(1_330_594_200_123_456)), (.timestamp, .timestamp(0), .timestamp(1000)),
    ]) func boundsComeBackExactly(type: DataType, minimum: Value, maximum: Value) throws {
        let column = statistics(minimum, maximum, nulls: 2)
        #expect(try roundTrip(type, column) == column)
    }

    @Test func columnWithoutBoundsKeepsItsNullCount() throws {
        #expect(try roundTrip(.int, statistics(nil, nil, nulls: 9)) == statistics(nil, nil, nulls: 9))
    }

    @Test func columnWithNaNHasNoBounds() throws {
        #expect(try roundTrip(.double, statistics(.double(1), .double(.nan))) == statistics(nil, nil))
    }

    @Test func infiniteBoundIsLeftOut() throws {
        #expect(try roundTrip(.double, statistics(.double(1), .double(.infinity))) == statistics(.double(1), nil))
    }

    @Test(arguments: ["x", "é", "😀", "\u{10FFFF}"]) func cutStringsStillBoundTheValue(letter: String) throws {
        for length in 30...40 {
            let text = String(repeating: letter, count: length) + "end"
            let column = try #require(try roundTrip(.string, statistics(.string(text), .string(text))))
            guard case .string(let minimum)? = column.minimum else { return #expect(Bool(false), "a minimum is always there") }
            #expect(!text.utf8.lexicographicallyPrecedes(minimum.utf8))
            if case .string(let maximum)? = column.maximum { #expect(!maximum.utf8.lexicographicallyPrecedes(text.utf8)) }
        }
    }

    @Test func maximumThatAnotherWriterCutToMillisecondsIsRaised() throws {
        let bound = #"{"c":"1970-01-01T00:00:00.001Z"}"#
        let stats = try JSON(parsing: #"{"minValues":\#(bound),"maxValues":\#(bound),"nullCount":{"c":0}}"#)
        #expect(FileStatistics.columns(of: stats, schema: [Field("c", .timestamp)])["c"] == statistics(.timestamp(1000), .timestamp(1999)))
    }

    @Test func timestampsWithAnOffsetAreMovedToUTC() {
        #expect(TemporalText.timestamp("1970-01-01T00:00:00.000-08:00")?.microseconds == 28_800_000_000)
        #expect(TemporalText.timestamp("1970-01-01T05:30:00.000+05:30")?.microseconds == 0)
    }
}
