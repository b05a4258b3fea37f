import Columnar

/// The calendar days on which any entity has a row, in order.
struct TradingDates: Sendable {
    private static let microsecondsPerDay: Int64 = 86_400_000_000

    private let days: [Int64]
    private let timesPerDay: Int64

    /// `timeType` is that of the spool's times.
    init(spool: SampleSpool, timeType: DataType, threads: Int) throws {
        let timesPerDay = timeType == .date ? 1 : Self.microsecondsPerDay
        let parts = try spool.mapChunks(reading: 0..<1, threads: threads) { index, chunk in
            var found: Set<Int64> = []
            var last: Int64?
            for row in 0..<spool.rowCount(ofChunk: index) {
                let day = Self.day(of: chunk.times[row], timesPerDay)
                if day != last { found.insert(day) }
                last = day
            }
            return found
        }
        self.timesPerDay = timesPerDay
        days = parts.reduce(into: Set()) { $0.formUnion($1) }.sorted()
    }

    var count: Int { days.count }

    /// The first time of a day by its place.
    func start(of index: Int) -> Int64 { days[index] * timesPerDay }

    func name(of index: Int) -> String { Value.date(Int32(clamping: days[index])).description }

    /// The place of the day of a time at which there are rows.
    func index(of time: Int64) -> Int { days.firstIndex { $0 >= Self.day(of: time, timesPerDay) } ?? days.count }

    private static func day(of time: Int64, _ timesPerDay: Int64) -> Int64 {
        time >= 0 ? time / timesPerDay : (time + 1) / timesPerDay - 1
    }
}
