import Columnar

/// Synthetic prices as a provider would send them, gaps and faults included.
///
/// Invariants:
/// 1. A symbol's bars depend on the seed and its place alone: more symbols or rows change none of those there are.
/// 2. Gaps and faults are drawn apart from prices: asking for more leaves all other rows as they are.
struct PriceGenerator {
    var symbols = 5
    /// Of each symbol, those left out as gaps included.
    var rows = 1_000
    var interval = TradingTimes.Interval.day
    var start: CalendarDate
    /// Of a thousand rows.
    var gaps: Int64 = 0
    var faults: Int64 = 0
    var faultKinds = PriceFault.allCases
    var seed: UInt64 = 1

    private static let bufferSize = 1 << 20
    /// Of a bar's return, in millionths.
    private var deviation: Int64 { interval == .day ? 15_000 : 800 }

    /// Calls `write` with one piece of the file after another.
    func run(write: ([UInt8]) throws -> Void) throws -> GenerationCount {
        var count = GenerationCount()
        var lines = PriceLines()
        lines.append(header: ())
        for symbol in 0..<symbols { try append(symbol, to: &lines, &count, write) }
        try write(lines.bytes)
        return count
    }

    private func append(
        _ symbol: Int, to lines: inout PriceLines, _ count: inout GenerationCount, _ write: ([UInt8]) throws -> Void
    ) throws {
        let name = Self.name(of: symbol)
        var walk = PriceWalk(numbers: RandomNumbers(seed: seed, stream: UInt64(2 * symbol)), deviation: deviation)
        var chance = RandomNumbers(seed: seed, stream: UInt64(2 * symbol + 1))
        var times = TradingTimes(interval: interval, start: start)
        var late: [UInt8]?
        for row in 0..<rows {
            let bar = walk.next()
            defer { times.advance() }
            // As many numbers for every row, so that one kind of mishap does not move the others.
            let (gap, fault, kind, place) = (chance.below(1000), chance.below(1000), chance.next(), Int(chance.below(5)))
            if gap < gaps {
                count.gaps += 1
                continue
            }
            let mishap = fault < faults ? faultKinds[Int(kind % UInt64(faultKinds.count))] : nil
            // Nothing follows the last row, so it can't be late.
            if mishap == .disorder, row + 1 < rows, late == nil {
                var line = PriceLines()
                line.append(symbol: name, time: times.text, bar)
                late = line.bytes
                count.faults[.disorder, default: 0] += 1
                continue
            }
            append(bar, mishap == .disorder ? nil : mishap, missing: place, (name, times.text), to: &lines, &count)
            if let line = late { lines.append(line) }
            count.rows += late == nil ? 0 : 1
            late = nil
            if lines.bytes.count >= Self.bufferSize {
                try write(lines.bytes)
                lines.empty()
            }
        }
        if let line = late {
            lines.append(line)
            count.rows += 1
        }
    }

    private func append(
        _ bar: PriceBar, _ fault: PriceFault?, missing place: Int, _ key: (symbol: [UInt8], time: [UInt8]), to lines: inout PriceLines,
        _ count: inout GenerationCount
    ) {
        var bar = bar
        switch fault {
        case .negative: bar.close = -bar.close
        // One cent apart where they were one.
        case .inverted: (bar.high, bar.low) = (bar.low - (bar.high == bar.low ? 1 : 0), bar.high)
        case .duplicate:
            lines.append(symbol: key.symbol, time: key.time, bar)
            count.rows += 1
        case .missing, .disorder, nil: break
        }
        lines.append(symbol: key.symbol, time: key.time, bar, missing: fault == .missing ? place : nil)
        count.rows += 1
        if let fault { count.faults[fault, default: 0] += 1 }
    }

    /// `S0001`, and so on.
    private static func name(of symbol: Int) -> [UInt8] {
        let digits = String(symbol + 1)
        return Array("S\(String(repeating: "0", count: max(0, 4 - digits.utf8.count)))\(digits)".utf8)
    }
}
