import Columnar
import Foundation
import Indicators
import Language

/// A built-in function beside what TA-Lib has for it.
struct Comparison {
    let function: String
    let inputs: [String]
    let parameters: [Value]
    /// The functions of TA-Lib that `run` calls.
    let theirs: String
    let run: (TALib) -> Void

    var words: String { "\(function)(\(parameters.filter { $0 != .bool(false) }.map(\.description).joined(separator: ", ")))" }

    /// As many rows as a reader of tables delivers at once.
    static let batchRows = 16_384

    /// The seconds of processor time that the built-in function takes for the whole series, batch by batch as in a run.
    func secondsOfOurs(_ market: Market) throws -> Double {
        let columns = inputs.map(market.series)
        let definition = BuiltinIndicators.byName[function]!
        let kernel = try definition.makeKernel(columns.map(\.type), parameters)
        let rows = columns[0].count
        return try seconds {
            for start in stride(from: 0, to: rows, by: Self.batchRows) {
                let batch = start..<min(start + Self.batchRows, rows)
                let outputs = (0..<max(1, definition.function.outputs.count)).map { _ in
                    SeriesOutput(type: definition.function.resultType(.double), capacity: batch.count)
                }
                try kernel.update(columns, batch, into: outputs)
                for output in outputs { precondition(output.finish().count == batch.count) }
            }
        }
    }

    func secondsOfTheirs(_ library: TALib) -> Double { seconds { run(library) } }

    private func seconds(_ body: () throws -> Void) rethrows -> Double {
        let start = processorTime()
        try body()
        return processorTime() - start
    }

    private func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

extension Comparison {
    /// All functions that both have, with customary parameters.
    static func all(_ market: Market) -> [Comparison] {
        let (high, low, close, volume) = (values(market.high), values(market.low), values(market.close), values(market.volume))
        let bar = ["high", "low", "close"]
        func one(_ function: String, _ parameters: [Value], _ theirs: String, _ length: Int32) -> Comparison {
            Comparison(function: function, inputs: ["close"], parameters: parameters, theirs: theirs) {
                $0.of("TA_" + theirs, close, length)
            }
        }
        func ofBar(_ function: String, _ theirs: String, _ length: Int32) -> Comparison {
            Comparison(function: function, inputs: bar, parameters: [.int(Int64(length))], theirs: theirs) {
                $0.of("TA_" + theirs, high, low, close, length)
            }
        }
        func special(
            _ function: String, _ inputs: [String], _ parameters: [Value], _ theirs: String, _ run: @escaping (TALib) -> Void
        ) -> Comparison {
            Comparison(function: function, inputs: inputs, parameters: parameters, theirs: theirs, run: run)
        }
        return [
            one("sma", [.int(30), .bool(false)], "SMA", 30), one("ema", [.int(30)], "EMA", 30), one("wma", [.int(30)], "WMA", 30),
            one("dema", [.int(14)], "DEMA", 14), one("tema", [.int(14)], "TEMA", 14),
            one("kama", [.int(10), .int(2), .int(30)], "KAMA", 10), one("trix", [.int(15)], "TRIX", 15),
            special("macd", ["close"], [.int(12), .int(26), .int(9)], "MACD") { $0.convergence(close) },
            special("ppo", ["close"], [.int(12), .int(26), .int(9)], "PPO") { $0.percentagePriceOscillator(close) },
            one("rsi", [.int(14)], "RSI", 14),
            special("stoch", bar, [.int(14), .int(3), .int(3)], "STOCH") { $0.stochastic(high, low, close) },
            special("stoch_rsi", ["close"], [.int(14), .int(14), .int(1), .int(3)], "STOCHRSI") { $0.stochasticStrength(close) },
            special("bbands", ["close"], [.int(20), .double(2)], "BBANDS") { $0.bands(close, 20) },
            special("stddev", ["close"], [.int(14), .int(0), .bool(false)], "STDDEV") { $0.standardDeviation(close, 14) },
            ofBar("atr", "ATR", 14), ofBar("adx", "ADX", 14), ofBar("cci", "CCI", 20), ofBar("williams_r", "WILLR", 14),
            special("obv", ["close", "volume"], [], "OBV") { $0.balanceVolume(close, volume) },
            one("roc", [.int(10)], "ROC", 10),
            special("aroon", ["high", "low"], [.int(14)], "AROON") { $0.aroon(high, low, 14) },
            special("ad", bar + ["volume"], [], "AD") { $0.accumulation(high, low, close, volume) },
            special("psar", ["high", "low"], [.double(0.02), .double(0.2)], "SAR") { $0.parabolicStop(high, low) },
            special("ultimate", bar, [.int(7), .int(14), .int(28)], "ULTOSC") { $0.ultimate(high, low, close) },
            special("mfi", bar + ["volume"], [.int(14)], "MFI") { $0.moneyFlow(high, low, close, volume, 14) },
            special("correlation", ["high", "volume"], [.int(30)], "CORREL") { $0.of("TA_CORREL", high, volume, 30) },
            special("beta", ["high", "low"], [.int(20)], "BETA") { $0.of("TA_BETA", low, high, 20) },
            special("donchian", ["high", "low"], [.int(20)], "MAX, MIN, MIDPRICE") {
                $0.of("TA_MAX", high, 20)
                $0.of("TA_MIN", low, 20)
                $0.of("TA_MIDPRICE", high, low, 20)
            },
            one("sum", [.int(30), .bool(false)], "SUM", 30), one("max", [.int(30), .bool(false)], "MAX", 30),
            one("min", [.int(30), .bool(false)], "MIN", 30),
        ]
    }

    private static func values(_ column: Column) -> UnsafePointer<Double> { column.doubles.baseAddress! }
}
