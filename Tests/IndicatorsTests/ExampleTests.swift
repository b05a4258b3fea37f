import Columnar
import Indicators
import Testing

/// Small examples worked out by hand.
struct ExampleTests {
    private func results(_ name: String, _ parameters: [Value], _ values: [Value], _ type: DataType = .double) throws -> [Value] {
        try ConformanceCase(name: name, parameters: parameters, type: type).results(values)
    }

    @Test func previousOfText() throws {
        let found = try results("prev", [.int(2)], [.string("a"), .null, .string("c"), .string("d")], .string)
        #expect(found == [.null, .null, .string("a"), .null])
    }

    @Test func nextOfDates() throws {
        #expect(try results("next", [.int(1)], [.date(1), .date(2), .null], .date) == [.date(2), .null, .null])
    }

    @Test func changeIsNullAfterZero() throws {
        #expect(try results("change", [.int(1)], doubles([2, 3, 0, 5, nil, 5])) == doubles([nil, 0.5, -1, nil, nil, nil]))
    }

    @Test func differenceOfIntsStaysInt() throws {
        #expect(try results("diff", [.int(1)], ints([5, 3, nil, 4, 9]), .int) == ints([nil, -2, nil, nil, 5]))
    }

    @Test func differenceBeyond64BitsIsRefused() {
        #expect(throws: SeriesFault.overflow(function: "diff", value: .max)) {
            try results("diff", [.int(1)], ints([-1, .max]), .int)
        }
    }

    @Test func differenceBesideANullIsNoOverflow() throws {
        #expect(try results("diff", [.int(1)], ints([.min, nil, .min]), .int) == ints([nil, nil, nil]))
    }

    @Test func averageOfIntsIsADouble() throws {
        #expect(try results("sma", [.int(2), .bool(false)], ints([1, 2, 4]), .int) == doubles([nil, 1.5, 3]))
    }

    @Test func partialAverageTakesWhatThereIs() throws {
        let found = try results("sma", [.int(3), .bool(true)], doubles([nil, 2, 4, 6, nil, nil, nil]))
        #expect(found == doubles([nil, 2, 3, 4, 5, 6, nil]))
    }

    @Test func sampleAndPopulationDeviation() throws {
        let values = doubles([2, 4, 4, 4, 5, 5, 7, 9])
        #expect(try results("stddev", [.int(8), .int(0), .bool(false)], values).last == .double(2))
        #expect(try results("stddev", [.int(3), .int(1), .bool(false)], doubles([1, 2, 3])).last == .double(1))
    }

    @Test func partialDeviationNeedsOneRowMoreThanDdof() throws {
        #expect(try results("stddev", [.int(3), .int(1), .bool(true)], doubles([1, nil, 3])) == doubles([nil, nil, 2.0.squareRoot()]))
    }

    @Test(arguments: [0.1, 1e-300, 123_456.789, -7.3, 1e150])
    func aConstantSeriesDeviatesByExactlyZero(_ value: Double) throws {
        for length in [2, 3, 7, 14, 30] {
            for partial in [false, true] {
                let values = doubles(Array(repeating: value, count: 50))
                let found = try results("stddev", [.int(Int64(length)), .int(0), .bool(partial)], values)
                #expect(found.allSatisfy { $0 == .null || $0 == .double(0) })
            }
        }
    }

    @Test func aPartialDeviationOfEqualValuesAroundNullsIsExactlyZero() throws {
        let found = try results("stddev", [.int(7), .int(0), .bool(true)], doubles([0.1, nil, 0.1, 0.1, nil, 0.1, nil, 0.1, nil]))
        #expect(found.allSatisfy { $0 == .double(0) })
    }

    @Test func deviationOfLargeCloseValuesIsAccurate() throws {
        let found = try results("stddev", [.int(3), .int(1), .bool(false)], doubles([1e15 + 1, 1e15 + 2, 1e15 + 3]))
        #expect(found.last == .double(1))
    }

    @Test func sumOfIntsStaysInt() throws {
        #expect(try results("sum", [.int(3), .bool(false)], ints([1, 2, 3, 4]), .int) == ints([nil, nil, 6, 9]))
    }

    @Test func sumOfIntsMayPassOver64BitsOnTheWay() throws {
        #expect(try results("sum", [.int(3), .bool(false)], ints([.max, 5, -5]), .int) == ints([nil, nil, .max]))
        #expect(try results("sum", [.int(3), .bool(false)], ints([-5, 5, .max]), .int) == ints([nil, nil, .max]))
    }

    @Test func sumBeyond64BitsIsRefused() {
        #expect(throws: SeriesFault.overflow(function: "sum", value: 2)) {
            try results("sum", [.int(2), .bool(false)], ints([1, .max - 1, 2]), .int)
        }
    }

    @Test func extremesKeepLargeIntsExact() throws {
        let values = ints([.max, .max - 1, .min])
        #expect(try results("min", [.int(2), .bool(false)], values, .int) == ints([nil, .max - 1, .min]))
        #expect(try results("max", [.int(2), .bool(false)], values, .int) == ints([nil, .max, .max - 1]))
    }

    @Test func partialMaximumOfTheLowestIntIsNotMistakenForANull() throws {
        #expect(try results("max", [.int(2), .bool(true)], ints([nil, .min, nil, nil]), .int) == ints([nil, .min, .min, nil]))
    }

    @Test func ranksOfTiesAreAveraged() throws {
        #expect(try results("rank", [.int(4), .bool(false)], doubles([1, 3, 2, 3, 3, 0])) == doubles([nil, nil, nil, 3.5, 3, 1]))
    }

    @Test func aLengthNotAboveDdofIsRefused() {
        #expect(throws: SeriesFault.invalidParameter(function: "stddev", expected: "n greater than ddof = 1", found: "1")) {
            try results("stddev", [.int(1), .int(1), .bool(false)], [])
        }
    }

    @Test func namesOfFunctionsAreUnique() { #expect(BuiltinIndicators.byName.count == BuiltinIndicators.all.count) }
}
