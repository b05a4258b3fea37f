import Columnar
@testable import Engine
import Testing

@Suite struct FileStatisticsTests {
    @Test func boundsAreOverAllPiecesWithoutNulls() {
        let statistics = ColumnStatistics(of: [column(.int, [.int(5), .null]), column(.int, [.int(-3), .int(4)])])
        #expect(statistics == ColumnStatistics(minimum: .int(-3), maximum: .int(5), nullCount: 1))
    }

    @Test func aNaNLeavesNoBounds() {
        let statistics = ColumnStatistics(of: [column(.double, [.double(1), .double(.nan), .null])])
        #expect(statistics == ColumnStatistics(minimum: nil, maximum: nil, nullCount: 1))
    }

    @Test func infinitiesAreBounds() {
        let statistics = ColumnStatistics(of: [column(.double, [.double(.infinity)])])
        #expect(statistics == ColumnStatistics(minimum: .double(.infinity), maximum: .double(.infinity), nullCount: 0))
    }

    @Test func aColumnOfNullsHasNoBounds() {
        for type in DataType.allCases {
            #expect(ColumnStatistics(of: [column(type, [.null, .null])]) == ColumnStatistics(minimum: nil, maximum: nil, nullCount: 2))
        }
    }

    @Test func stringsAreBoundedInByteOrder() {
        let statistics = ColumnStatistics(of: [column(.string, [.string("b"), .string(""), .string("é"), .string("ba")])])
        #expect(statistics == ColumnStatistics(minimum: .string(""), maximum: .string("é"), nullCount: 0))
    }

    @Test func boolsDatesAndTimestampsHaveTypedBounds() {
        #expect(ColumnStatistics(of: [column(.bool, [.bool(true), .bool(false)])]).minimum == .bool(false))
        #expect(ColumnStatistics(of: [column(.date, [.date(3), .date(-4)])]).minimum == .date(-4))
        #expect(ColumnStatistics(of: [column(.timestamp, [.timestamp(3), .timestamp(9)])]).maximum == .timestamp(9))
    }

    @Test func aSlicesBoundsAreOfItsRowsOnly() {
        let slice = column(.double, [.double(-9), .double(2), .null, .double(3), .double(99)]).slice(1..<4)
        #expect(ColumnStatistics(of: [slice]) == ColumnStatistics(minimum: .double(2), maximum: .double(3), nullCount: 1))
    }

    @Test func equalKeysAreSorted() {
        #expect(SortCheck(keys: [0, 1]).holds([prices([("A", 1, 1), ("A", 1, 1), ("B", 0, 1)])]))
    }

    @Test func aLaterKeyOutOfOrderIsNotSorted() {
        #expect(!SortCheck(keys: [0, 1]).holds([prices([("A", 1, 1), ("B", 3, 1), ("B", 2, 1), ("C", 9, 1)])]))
    }

    @Test func theSeamOfTwoBatchesCounts() {
        let (first, second) = (prices([("A", 1, 1), ("B", 5, 1)]), prices([("B", 4, 1)]))
        #expect(!SortCheck(keys: [0, 1]).holds([first, second]))
        #expect(SortCheck(keys: [0]).holds([first, second]))
    }

    @Test func nullsSortLast() {
        #expect(SortCheck(keys: [0]).holds([prices([("A", 1, 1), (nil, 1, 1)])]))
        #expect(!SortCheck(keys: [0]).holds([prices([(nil, 1, 1), ("A", 1, 1)])]))
    }
}

private func column(_ type: DataType, _ values: [Value]) -> Column {
    var builder = ColumnBuilder(type: type)
    for value in values { builder.append(value) }
    return builder.finish()
}
