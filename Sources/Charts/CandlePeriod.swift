import Columnar

/// A stretch of the calendar whose prices become one candle.
package enum CandlePeriod: Sendable, Hashable {
    case minutes(Int)
    case days(Int)
    case week
    case months(Int)
    case years(Int)

    /// From the shortest to the longest; any number of candles becomes few enough at the end.
    package static let all: [CandlePeriod] =
        [1, 5, 15, 30, 60, 240].map(CandlePeriod.minutes) + [.days(1), .week] + [1, 3, 6].map(CandlePeriod.months)
        + [1, 2, 5, 10, 20, 50, 100, 1000, 10_000].map(CandlePeriod.years)

    package var words: String {
        switch self {
        case .minutes(60): "one hour"
        case .minutes(240): "four hours"
        case .minutes(let count): count == 1 ? "one minute" : "\(count) minutes"
        case .days: "one day"
        case .week: "one week"
        case .months(1): "one month"
        case .months(3): "one quarter"
        case .months(let count): "\(count) months"
        case .years(1): "one year"
        case .years(let count): "\(count) years"
        }
    }

    /// The number of the period a moment lies in; moments of one period have the same one.
    func number(_ moment: Moment) -> Int {
        switch self {
        case .minutes(let count): moment.days * (1440 / count) + Int(moment.microsecondOfDay / 60_000_000) / count
        case .days(let count): floored(moment.days, by: count)
        // 1970-01-01 was a Thursday; weeks begin on Mondays.
        case .week: floored(moment.days + 3, by: 7)
        case .months(let count): floored(moment.date.year * 12 + moment.date.month - 1, by: count)
        case .years(let count): floored(moment.date.year, by: count)
        }
    }
}

extension [Candle] {
    /// One candle for each period that has any: its first open, highest high, lowest low, last close and all its volume.
    package func drawnTogether(by period: CandlePeriod, _ kind: ChartAxis.Kind) -> [Candle] {
        var merged: [Candle] = []
        var last: Int?
        for candle in self {
            let number = period.number(Moment(candle.time, kind))
            if number == last { merged[merged.count - 1].add(candle) } else { merged.append(candle) }
            last = number
        }
        return merged
    }

    /// At most `limit` candles, by the shortest period that is longer than `period` and makes them few enough.
    package func atMost(_ limit: Int, period: CandlePeriod?, _ kind: ChartAxis.Kind) -> (candles: [Candle], period: CandlePeriod?) {
        guard count > limit else { return (self, period) }
        let start = period.flatMap { CandlePeriod.all.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        for longer in CandlePeriod.all[start...] {
            let merged = drawnTogether(by: longer, kind)
            if merged.count <= limit { return (merged, longer) }
        }
        return (self, period)
    }
}

extension Candle {
    mutating func add(_ later: Candle) {
        high = max(high, later.high)
        low = min(low, later.low)
        close = later.close
        if let more = later.volume { volume = (volume ?? 0) + more }
    }
}

/// A place on an axis of time.
struct Moment {
    let days: Int
    let microsecondOfDay: Int64

    static let dayLength: Int64 = 86_400_000_000

    init(_ x: Double, _ kind: ChartAxis.Kind) {
        guard kind == .timestamp else {
            days = Int(x.rounded(.down))
            microsecondOfDay = 0
            return
        }
        days = Int((x / Double(Self.dayLength)).rounded(.down))
        microsecondOfDay = Int64(x) - Int64(days) * Self.dayLength
    }

    var date: CalendarDate { CalendarDate(days: Int32(clamping: days)) }

    /// `2012-03-01`, or with the time of day behind it.
    func text(_ kind: ChartAxis.Kind, separator: String = " ") -> String {
        guard kind == .timestamp else { return date.description }
        return CalendarTime(microseconds: Int64(days) * Self.dayLength + microsecondOfDay).description.replacing(" ", with: separator)
    }
}

func floored(_ number: Int, by divisor: Int) -> Int { Int((Double(number) / Double(divisor)).rounded(.down)) }
