package import Columnar

/// Partition values as the log's text (Delta protocol, "Partition Value Serialization").
///
/// Invariants:
/// 1. Null has no text. The empty string is refused: every Delta reader takes it for null.
/// 2. Timestamps are written in UTC with a `Z`, so that no reader's time zone moves them.
package enum PartitionText {
    /// Nil for null.
    package static func text(of value: Value, column: String) throws -> String? {
        switch value {
        case .null: return nil
        case .string(""): throw DeltaFault.emptyPartitionValue(column: column)
        case .double(let number) where number.isInfinite: return number < 0 ? "-Infinity" : "Infinity"
        case .double(let number) where number.isNaN:
            throw DeltaFault.schema(
                "Partition column '\(column)' holds NaN, which no table may. Drop such rows or leave it out of partition(...).")
        case .date, .timestamp:
            guard let text = TemporalText.text(of: value) else {
                throw DeltaFault.schema(
                    "Partition column '\(column)' holds \(value): expected a year from 0001 to 9999. Drop such rows with require(...).")
            }
            return text
        case .int, .double, .string, .bool: return value.description
        }
    }

    /// The value of a log's text; nil when the text is no value of the type.
    static func value(of text: String?, type: DataType) -> Value? {
        guard let text, !text.isEmpty else { return .null }
        switch type {
        case .string: return .string(text)
        case .int: return Int64(text).map(Value.int)
        case .double: return Double(text).map(Value.double)
        case .bool: return text == "true" ? .bool(true) : text == "false" ? .bool(false) : nil
        case .date: return TemporalText.date(text)
        case .timestamp: return TemporalText.timestamp(text).map { .timestamp($0.microseconds) }
        }
    }
}

/// Dates and moments as logs write them.
enum TemporalText {
    /// `2012-03-01`, or `2012-03-01T09:30:00.000000Z`, always with six digits; nil outside the years 1 to 9999.
    static func text(of value: Value) -> String? {
        switch value {
        case .date(let days):
            let date = CalendarDate(days: days)
            return (1...9999).contains(date.year) ? date.description : nil
        case .timestamp(let microseconds):
            let time = CalendarTime(microseconds: microseconds)
            guard (1...9999).contains(time.date.year) else { return nil }
            let text = time.description
            let fraction = text.utf8.contains(UInt8(ascii: ".")) ? "" : ".000000"
            return text.prefix(10) + "T" + text.dropFirst(11) + fraction + "Z"
        default: return nil
        }
    }

    static func date(_ text: String) -> Value? { CalendarDate(iso: text).map { .date($0.days) } }

    /// ISO 8601 with `Z`, an offset such as `-08:00`, or none (UTC); also the digits of the second's fraction that were written.
    static func timestamp(_ text: String) -> (microseconds: Int64, fractionDigits: Int)? {
        var clock = text[...]
        var shift: Int64 = 0
        if clock.last == "Z" {
            clock = clock.dropLast()
        } else if clock.utf8.count > 16, let sign = clock.suffix(6).first, sign == "+" || sign == "-" {
            let parts = clock.suffix(5).split(separator: ":")
            guard parts.count == 2, let hours = Int64(parts[0]), let minutes = Int64(parts[1]) else { return nil }
            shift = (hours * 60 + minutes) * 60_000_000 * (sign == "-" ? 1 : -1)
            clock = clock.dropLast(6)
        }
        guard let time = CalendarTime(iso: String(clock)) else { return nil }
        let digits = clock.firstIndex(of: ".").map { clock.utf8.distance(from: $0, to: clock.endIndex) - 1 } ?? 0
        return (time.microseconds + shift, digits)
    }
}
