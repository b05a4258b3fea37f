import Charts
import Columnar
import Testing

@Suite struct CandlePeriodTests {
    private func candle(_ day: String, _ open: Double, _ high: Double, _ low: Double, _ close: Double, volume: Double? = 1) -> Candle {
        Candle(time: Double(CalendarDate(iso: day)!.days), open: open, high: high, low: low, close: close, volume: volume)
    }

    @Test func aWeekIsOneCandleFromMondayToSunday() {
        let days = [
            candle("2012-03-02", 10, 12, 9, 11), candle("2012-03-05", 11, 15, 10, 12), candle("2012-03-06", 12, 13, 8, 9),
            candle("2012-03-09", 9, 10, 9, 10, volume: nil), candle("2012-03-12", 10, 11, 10, 11),
        ]
        let weeks = days.drawnTogether(by: .week, .date)
        #expect(
            weeks == [
                candle("2012-03-02", 10, 12, 9, 11), candle("2012-03-05", 11, 15, 8, 10, volume: 2), candle("2012-03-12", 10, 11, 10, 11),
            ])
    }

    @Test func theShortestPeriodThatMakesThemFewEnoughIsTaken() {
        let days = (0..<400).map { Candle(time: Double($0), open: 1, high: 2, low: 0, close: 1, volume: nil) }
        #expect(days.atMost(400, period: nil, .date).period == nil)
        #expect(days.atMost(100, period: nil, .date).period == .week)
        #expect(days.atMost(20, period: nil, .date).period == .months(1))
        #expect(days.atMost(2, period: nil, .date).candles.count == 2)
    }

    @Test func everyNumberOfCandlesBecomesFewEnough() {
        let days = stride(from: -700_000, to: 2_900_000, by: 1000).map {
            Candle(time: Double($0), open: 1, high: 1, low: 1, close: 1, volume: 1)
        }
        let few = days.atMost(10, period: nil, .date).candles
        #expect(few.count <= 10)
        #expect(few.compactMap(\.volume).reduce(0, +) == Double(days.count))
    }
}
