import Charts
import Columnar

/// Charts of made-up prices: the same in every run, on days that are traded on.
enum SampleCharts {
    /// Weekdays from 2012-01-02, a Monday.
    static func days(_ count: Int) -> [Double] {
        let first = Double(CalendarDate(year: 2012, month: 1, day: 2)!.days)
        return (0..<count).map { first + Double($0 / 5 * 7 + $0 % 5) }
    }

    /// A saw that climbs.
    static func price(_ index: Int) -> Double { 100 + Double(index) * 0.25 + Double((index * 7) % 40 - 20) * 0.5 }

    static func lines(days count: Int = 250, title: String? = "IBM", gap: Range<Int> = 0..<0) -> Chart {
        let days = days(count)
        let close = days.enumerated().map { ChartPoint($1, gap.contains($0) ? nil : price($0)) }
        let mean = days.enumerated().map { index, day in ChartPoint(day, index < 20 ? nil : 100 + Double(index) * 0.25) }
        return Chart(
            title: title, x: ChartAxis("date", .date), y: ChartAxis("close, mean"),
            marks: .lines([ChartSeries("close", close), ChartSeries("mean", mean)]))
    }

    /// Lines above each other.
    static func parallels(_ count: Int) -> Chart {
        let series = (0..<count).map { number in
            ChartSeries("S\(number)", days(60).map { ChartPoint($0, Double(number)) })
        }
        return Chart(x: ChartAxis("date", .date), y: ChartAxis("close"), marks: .lines(series))
    }

    static func candles(days count: Int, hasVolume: Bool = true) -> Chart {
        let candles = days(count).enumerated().map { index, day in
            let (open, close) = (price(index), price(index + 1))
            return Candle(
                time: day, open: open, high: max(open, close) + 2, low: min(open, close) - 1, close: close,
                volume: hasVolume ? Double(1_000_000 + (index * 37) % 100 * 20_000) : nil)
        }
        return Chart(title: "IBM", x: ChartAxis("date", .date), y: ChartAxis("price"), marks: .candles(candles, period: nil))
    }

    static func minutes(_ count: Int) -> Chart {
        let first = 1_330_594_200_000_000.0
        let points = (0..<count).map { ChartPoint(first + Double($0) * 60_000_000, price($0)) }
        return Chart(x: ChartAxis("at", .timestamp), y: ChartAxis("close"), marks: .lines([ChartSeries("close", points)]))
    }

    static func histogram(_ counts: [Int]) -> Chart {
        let bins = counts.enumerated().map { HistogramBin(lower: Double($0) - 2, upper: Double($0) - 1, count: $1) }
        return Chart(note: "3 nulls left out", x: ChartAxis("change"), y: ChartAxis("rows"), marks: .bars(bins))
    }

    static let points = Chart(
        x: ChartAxis("volume"), y: ChartAxis("change"),
        marks: .points([
            ChartSeries("AAPL", (0..<60).map { ChartPoint(Double($0) * 1e6, Double(($0 * 13) % 17) - 8) }),
            ChartSeries("収益", (0..<40).map { ChartPoint(Double($0) * 5e5, Double(($0 * 7) % 11) - 3) }),
        ]))
}
