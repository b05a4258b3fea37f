/// One cell of a table: dates in days since 1970-01-01, timestamps in microseconds since then, without a time zone.
package enum Value: Sendable, Hashable {
    case null
    case int(Int64)
    case double(Double)
    case string(String)
    case bool(Bool)
    case date(Int32)
    case timestamp(Int64)

    package var isNull: Bool { self == .null }
}

extension Value: CustomStringConvertible {
    /// The value as people and Delta logs write it: ISO 8601 dates, shortest exact doubles; null is `null`.
    package var description: String {
        switch self {
        case .null: "null"
        case .int(let value): String(value)
        case .double(let value): String(describing: value)
        case .string(let value): value
        case .bool(let value): value ? "true" : "false"
        case .date(let days): CalendarDate(days: days).description
        case .timestamp(let microseconds): CalendarTime(microseconds: microseconds).description
        }
    }
}
