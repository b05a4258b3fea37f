import Columnar

/// When bars are: every weekday, or every minute from 09:30 to 15:59 of one.
struct TradingTimes {
    enum Interval: String, CaseIterable { case day, minute }

    private let interval: Interval
    private var day: Int32
    private var minute = 0
    private static let minutesPerDay = 390
    private static let opening = 9 * 60 + 30
    /// `2015-01-02`, or `2015-01-02 09:30:00`.
    private(set) var text: [UInt8]

    init(interval: Interval, start: CalendarDate) {
        self.interval = interval
        day = start.days
        text = []
        skipWeekend()
        write()
    }

    mutating func advance() {
        minute += 1
        if interval == .minute, minute < Self.minutesPerDay { return writeClock() }
        minute = 0
        day += 1
        skipWeekend()
        write()
    }

    /// 1970-01-01 was a Thursday.
    private mutating func skipWeekend() {
        let weekday = (Int(day) % 7 + 7 + 3) % 7
        if weekday > 4 { day += Int32(7 - weekday) }
    }

    private mutating func write() {
        text = Array(CalendarDate(days: day).description.utf8)
        guard interval == .minute else { return }
        text += Array(" 00:00:00".utf8)
        writeClock()
    }

    private mutating func writeClock() {
        let clock = Self.opening + minute
        for (place, number) in [(11, clock / 60), (14, clock % 60)] {
            text[place] = UInt8(48 + number / 10)
            text[place + 1] = UInt8(48 + number % 10)
        }
    }
}
