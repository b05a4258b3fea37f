/// A day of the proleptic Gregorian calendar.
///
/// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
package struct CalendarDate: Sendable, Hashable, CustomStringConvertible {
    package let year: Int
    package let month: Int
    package let day: Int

    /// From days since 1970-01-01.
    package init(days: Int32) {
        let shifted = Int(days) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// From year, month and day; nil when the calendar has no such day.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), (1...31).contains(day), (-9999...9999).contains(year) else { return nil }
        self.year = year
        self.month = month
        self.day = day
        guard CalendarDate(days: self.days) == self else { return nil }
    }

    /// From ISO 8601 text, `2012-03-01`; nil for anything else.
    package init?(iso text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Days since 1970-01-01.
    package var days: Int32 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int32(era * 146_097 + dayOfEra - 719_468)
    }

    package var description: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }
}

/// A moment without a time zone, to the microsecond.
package struct CalendarTime: Sendable, Hashable, CustomStringConvertible {
    package let date: CalendarDate
    /// Microseconds since midnight.
    package let microsecondOfDay: Int64

    /// From microseconds since 1970-01-01T00:00:00.
    package init(microseconds: Int64) {
        let perDay: Int64 = 86_400_000_000
        let days = microseconds >= 0 ? microseconds / perDay : (microseconds - perDay + 1) / perDay
        date = CalendarDate(days: Int32(days))
        microsecondOfDay = microseconds - days * perDay
    }

    /// From `2012-03-01`, or `2012-03-01 09:30:00[.ffffff]` with a space or `T`; nil for anything else.
    package init?(iso text: String) {
        guard let date = CalendarDate(iso: String(text.prefix(10))) else { return nil }
        var microseconds: Int64 = 0
        let rest = text.dropFirst(10)
        if let separator = rest.first {
            guard separator == " " || separator == "T" else { return nil }
            let clockAndFraction = rest.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
            let clock = clockAndFraction[0].split(separator: ":", omittingEmptySubsequences: false)
            guard (2...3).contains(clock.count), clock.allSatisfy({ $0.utf8.count == 2 }), clockAndFraction.count <= 2,
                let hour = Int64(clock[0]), let minute = Int64(clock[1]), let second = clock.count == 3 ? Int64(clock[2]) : 0,
                (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second)
            else { return nil }
            microseconds = ((hour * 60 + minute) * 60 + second) * 1_000_000
            if clockAndFraction.count == 2 {
                let digits = clockAndFraction[1]
                guard (1...6).contains(digits.utf8.count), let fraction = Int64(digits), fraction >= 0 else { return nil }
                microseconds += fraction * [100_000, 10_000, 1000, 100, 10, 1][digits.utf8.count - 1]
            }
        }
        self.date = date
        self.microsecondOfDay = microseconds
    }

    /// Microseconds since 1970-01-01T00:00:00.
    package var microseconds: Int64 { Int64(date.days) * 86_400_000_000 + microsecondOfDay }

    package var description: String {
        let seconds = Int(microsecondOfDay / 1_000_000)
        let fraction = Int(microsecondOfDay % 1_000_000)
        let clock = "\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
        return "\(date) \(clock)" + (fraction == 0 ? "" : "." + padded(fraction, 6))
    }
}

private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(abs(number))
    return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
