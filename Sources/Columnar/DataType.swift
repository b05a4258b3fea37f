/// The types of the language; null is a value of every type.
package enum DataType: String, Sendable, Hashable, Codable, CaseIterable {
    case int, double, string, bool, date, timestamp

    package var isNumeric: Bool { self == .int || self == .double }
    package var isTemporal: Bool { self == .date || self == .timestamp }
}
