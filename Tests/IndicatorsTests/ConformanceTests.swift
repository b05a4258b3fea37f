import Columnar
import Indicators
import Language
import Testing

/// What every built-in function of series has to keep, whatever it computes.
struct ConformanceTests {
    @Test(arguments: ConformanceCase.all)
    func splitsOfTheInputDoNotChangeBits(_ test: ConformanceCase) throws {
        let values = test.randomSeries(1600, seed: 1, nullEvery: 200)
        let whole = bits(try test.rows(values))
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<2 { #expect(bits(try test.rows(values, batches: randomSizes(1600, &generator))) == whole) }
        #expect(bits(try test.rows(values, batches: Array(repeating: 1, count: 1600))) == whole)
    }

    @Test(arguments: ConformanceCase.all)
    func savedAndRestoredStateContinuesWithTheSameBits(_ test: ConformanceCase) throws {
        let input = test.randomSeries(90, seed: 3).map { column(test.type, $0) }
        let whole = try run(test, try kernel(test), input, 0..<90)
        for row in 0...90 {
            let first = try kernel(test)
            let before = try run(test, first, input, 0..<row)
            let second = try kernel(test)
            try second.restore(first.save())
            #expect(second.save() == first.save())
            #expect(bits(before + (try run(test, second, input, row..<90))) == bits(whole))
        }
    }

    @Test(arguments: ConformanceCase.all)
    func resetForgetsEveryRow(_ test: ConformanceCase) throws {
        let input = test.randomSeries(60, seed: 4).map { column(test.type, $0) }
        let used = try kernel(test)
        _ = try run(test, used, input, 0..<60)
        used.reset()
        #expect(bits(try run(test, used, input, 0..<60)) == bits(try run(test, try kernel(test), input, 0..<60)))
    }

    @Test(arguments: ConformanceCase.all)
    func damagedStateIsRefused(_ test: ConformanceCase) throws {
        let kernel = try kernel(test)
        #expect(throws: SeriesFault.damagedState) { try kernel.restore(kernel.save() + [7]) }
    }

    @Test(arguments: ConformanceCase.all.filter { !$0.isRecursive })
    func resultsDoNotDependOnWhereTheRunStarted(_ test: ConformanceCase) throws {
        let values = test.randomSeries(200, seed: 5)
        let whole = bits(try test.rows(values))
        for row in stride(from: test.lookBack, to: 200, by: 13) {
            let later = bits(try test.rows(values.map { Array($0[(row - test.lookBack)...]) }))
            #expect(Array(later[test.lookBack...]) == Array(whole[row...]))
        }
    }

    @Test(arguments: ConformanceCase.all)
    func rowsOutsideTheWindowCannotChangeAResult(_ test: ConformanceCase) throws {
        var generator = SeededGenerator(seed: 6)
        let values = test.randomSeries(120, seed: 7)
        let whole = bits(try test.rows(values))
        for _ in 0..<20 {
            let edited = Int.random(in: 0..<120, using: &generator)
            var changed = values
            let series = Int.random(in: 0..<test.inputCount, using: &generator)
            changed[series][edited] = Bool.random(using: &generator) ? .null : test.randomValue(&generator)
            let results = bits(try test.rows(changed))
            for row in 0..<120 where row < edited - test.lookAhead || row > edited + test.lookBack {
                #expect(results[row] == whole[row])
            }
        }
    }

    @Test(arguments: ConformanceCase.all)
    func theWindowsEdgesChangeResults(_ test: ConformanceCase) throws {
        let values = test.randomSeries(240, seed: 8, nullEvery: nil)
        let whole = bits(try test.rows(values))
        let edited = 120
        var changed = Set<Int>()
        var generator = SeededGenerator(seed: 9)
        for attempt in 0..<100 {
            var copy = values
            copy[attempt % test.inputCount][edited] =
                attempt / test.inputCount < test.extremeValues.count
                ? test.extremeValues[attempt / test.inputCount] : test.randomValue(&generator)
            let results = bits(try test.rows(copy))
            changed.formUnion((0..<240).filter { results[$0] != whole[$0] }.map { $0 - edited })
        }
        // Those of one row: deviations and places in a range are always 0, a rank 1.
        let isConstant = ["stddev", "rank", "cci", "stoch_rsi"].contains(test.name) && test.parameters[0] == .int(1)
        if !isConstant {
            #expect(changed.contains(test.isRecursive ? 0 : test.lookBack) || test.lookAhead > 0)
            #expect(changed.contains(-test.lookAhead) || test.lookAhead == 0)
        }
    }

    @Test(arguments: ConformanceCase.all)
    func entitiesOfEveryLengthKeepTheirRows(_ test: ConformanceCase) throws {
        for count in 0...40 { #expect(try test.rows(test.randomSeries(count, seed: UInt64(count))).count == count) }
    }

    @Test(arguments: ConformanceCase.all.filter { $0.type == .double })
    func resultsAreFiniteOrNull(_ test: ConformanceCase) throws {
        let extremes: [Double?] = [
            1e308, -1e308, 0, -0.0, .leastNonzeroMagnitude, .infinity, 3, nil, -.infinity, .nan, 1e308, 1e308, 2, 2, 2,
        ]
        let values = doubles((0..<20).flatMap { _ in extremes })
        let series = (0..<test.inputCount).map { Array(values[$0...]) + values[..<$0] }
        for case .double(let result) in try test.rows(series).joined() { #expect(result.isFinite) }
    }

    @Test(arguments: ConformanceCase.all.filter { !$0.isRecursive && $0.outputCount == 1 && $0.parameters.last == .bool(false) })
    func aNullNullsEveryWindowItStandsIn(_ test: ConformanceCase) throws {
        var values = test.randomValues(100, seed: 10, nullEvery: nil)
        values[50] = .null
        let results = try test.results(values)
        for row in 0..<100 {
            let expected = row < test.lookBack || (50...50 + test.lookBack).contains(row)
            #expect(results[row].isNull == expected)
        }
    }

    @Test(arguments: ConformanceCase.all.filter { $0.isRecursive && !["kama", "stoch_rsi"].contains($0.name) })
    func aRecursiveFunctionPassesOverNulls(_ test: ConformanceCase) throws {
        let values = test.randomSeries(150, seed: 12)
        let present = (0..<150).filter { row in values.allSatisfy { !$0[row].isNull } }
        let results = try test.rows(values)
        let alone = try test.rows(values.map { series in present.map { series[$0] } })
        #expect(bits(present.map { results[$0] }) == bits(alone))
        for row in 0..<150 where !present.contains(row) { #expect(results[row] == [Value](repeating: .null, count: test.outputCount)) }
    }

    private func kernel(_ test: ConformanceCase) throws -> any SeriesKernel {
        let function = test.definition.function
        return try test.definition.makeKernel(function.inputs.map { $0.accepts == .double ? .double : test.type }, test.parameters)
    }

    private func run(_ test: ConformanceCase, _ kernel: any SeriesKernel, _ input: [Column], _ range: Range<Int>) throws -> [[Value]] {
        let function = test.definition.function
        let columns = zip(function.inputs, input).map { $0.accepts == .double && test.type == .int ? asDoubles($1) : $1 }
        let outputs = (0..<test.outputCount).map { _ in
            SeriesOutput(type: function.resultType(columns[0].type), capacity: range.count)
        }
        try kernel.update(columns, range, into: outputs)
        let results = outputs.map { $0.finish() }
        return range.indices.map { row in results.map { $0[row - range.lowerBound] } }
    }

    private func asDoubles(_ input: Column) -> Column {
        column(
            .double,
            (0..<input.count).map { row in
                guard case .int(let number) = input[row] else { return .null }
                return .double(Double(number))
            })
    }
}
