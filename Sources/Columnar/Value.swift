/// One cell of a table: dates in days since 1970-01-01, timestamps in microseconds since then, without a time zone.
///
/// Texts are equal when their bytes are: two spellings of one letter are two values, as they are in a file.
package enum Value: Sendable {
    case null
    case int(Int64)
    case double(Double)
    case string(String)
    case bool(Bool)
    case date(Int32)
    case timestamp(Int64)

    package var isNull: Bool { self == .null }
}

extension Value: Hashable {
    package static func == (left: Value, right: Value) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.int(let left), .int(let right)): left == right
        case (.double(let left), .double(let right)): left == right
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.bool(let left), .bool(let right)): left == right
        case (.date(let left), .date(let right)): left == right
        case (.timestamp(let left), .timestamp(let right)): left == right
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .int(let number), .timestamp(let number): hasher.combine(number)
        case .double(let number): hasher.combine(number)
        case .string(var text): text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        case .bool(let flag): hasher.combine(flag)
        case .date(let days): hasher.combine(days)
        }
    }
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
