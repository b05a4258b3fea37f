import Columnar
import Indicators
import Language
import Testing

/// Series that stand still, are short, are not traded, or are very large or small.
struct OddSeriesTests {
    /// With the customary parameters, 20 where there is no custom.
    private static let all: [ConformanceCase] = BuiltinIndicators.all.filter { $0.function.inputs[0].accepts == .double }.map {
        definition in
        let parameters = definition.function.parameters.map { $0.defaultValue ?? .int(20) }
        return ConformanceCase(name: definition.function.name, parameters: parameters, type: .double)
    }

    private func still(_ test: ConformanceCase, price: Double, volume: Double, rows: Int = 250) -> [[Value]] {
        test.definition.function.inputs.map { input in
            [Value](repeating: .double(input.name == "volume" ? volume : price), count: rows)
        }
    }

    /// A market that rises and falls around `price`.
    private func moving(_ test: ConformanceCase, price: Double, rows: Int = 250) -> [[Value]] {
        let close = (0..<rows).map { Double(($0 * 37) % 61) / 100 + 1 }
        return test.definition.function.inputs.map { input in
            doubles(
                close.map { close in
                    switch input.name {
                    case "high": close * 1.25 * price
                    case "low": close * 0.75 * price
                    case "open": close * 1.125 * price
                    default: close * price
                    }
                })
        }
    }

    @Test(arguments: all)
    func aSeriesShorterThanTheWarmUpHasNoResult(_ test: ConformanceCase) throws {
        let warmUp = try test.rows(moving(test, price: 100)).prefix { $0.allSatisfy(\.isNull) }.count
        let rows = try test.rows(moving(test, price: 100, rows: warmUp))
        #expect(rows == [[Value]](repeating: [Value](repeating: .null, count: test.outputCount), count: warmUp))
    }

    @Test(arguments: all)
    func hugeAndTinyPricesHaveResultsWhereUsualOnesDo(_ test: ConformanceCase) throws {
        let usual = try test.rows(moving(test, price: 1))
        for price in [0x1p-300, 0x1p200] {
            let scaled = try test.rows(moving(test, price: price))
            #expect(scaled.map { $0.map(\.isNull) } == usual.map { $0.map(\.isNull) })
        }
    }

    private static let ofAStillMarket: [(name: String, results: [Double?])] = [
        ("sma", [12.5]), ("ema", [12.5]), ("wma", [12.5]), ("dema", [12.5]), ("tema", [12.5]), ("kama", [12.5]), ("trix", [0]),
        ("macd", [0, 0, 0]), ("ppo", [0, 0, 0]), ("rsi", [0]), ("stoch", [0, 0]), ("stoch_rsi", [0, 0]), ("bbands", [12.5, 12.5, 12.5]),
        ("atr", [0]), ("adx", [0, 0, 0]), ("cci", [0]), ("obv", [0]), ("roc", [0]), ("williams_r", [0]), ("aroon", [100, 100, 0]),
        ("ad", [0]), ("psar", [12.5]), ("ultimate", [0]), ("mfi", [0]), ("vwap", [nil]), ("donchian", [12.5, 12.5, 12.5]),
        ("keltner", [12.5, 12.5, 12.5]), ("ichimoku", [12.5, 12.5, 12.5, 12.5]), ("supertrend", [12.5, -1]), ("log_return", [0]),
        ("zscore", [nil]), ("correlation", [0]), ("beta", [0]), ("realised_volatility", [0]), ("parkinson", [0]), ("garman_klass", [0]),
        ("stddev", [0]), ("change", [0]), ("chikou", [nil]),
    ]

    @Test(arguments: all)
    func aMarketThatStandsStillWithoutVolumeHasDefinedResults(_ test: ConformanceCase) throws {
        let expected = try #require(Self.ofAStillMarket.first { $0.name == test.name })
        #expect(try test.rows(still(test, price: 12.5, volume: 0)).last == doubles(expected.results))
    }

    /// 10.1 is no number of binary digits, and its sums are rounded.
    @Test(arguments: all)
    func aPriceThatIsNoBinaryFractionStandsAsStill(_ test: ConformanceCase) throws {
        let expected = try #require(Self.ofAStillMarket.first { $0.name == test.name }).results
        let found = try test.rows(still(test, price: 10.1, volume: 0)).last ?? []
        for (found, expected) in zip(found, expected) {
            guard let expected else { #expect(found.isNull); continue }
            guard case .double(let number) = found else { Issue.record("\(found)"); continue }
            if expected == 12.5 { #expect(abs(number - 10.1) < 1e-14) } else { #expect(number == expected) }
        }
    }

    @Test func aPriceOfZeroHasNoLogarithm() throws {
        let test = ConformanceCase(name: "log_return", parameters: [.int(1)], type: .double)
        #expect(try test.results(doubles([1, 0, 1, 1])) == doubles([nil, nil, nil, 0]))
    }

    @Test func theRateOfChangeFromZeroIsZero() throws {
        let test = ConformanceCase(name: "roc", parameters: [.int(1)], type: .double)
        #expect(try test.results(doubles([0, 5, 10])) == doubles([nil, 0, 100]))
    }
}
