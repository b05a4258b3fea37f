/// A JSON value. Integers stay exact to 64 bits and members keep their order.
///
/// A log is read on every command, so this stands in for Foundation's slower general reader.
enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)
    case array([JSON])
    case object([Member])

    struct Member: Sendable, Hashable {
        let name: String
        let value: JSON

        init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// The member of this name; nil when absent, null, or this is no object.
    subscript(_ name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        for member in members where member.name == name { return member.value == .null ? nil : member.value }
        return nil
    }

    var string: String? { if case .string(let text) = self { text } else { nil } }
    var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }
    var int: Int64? { if case .int(let number) = self { number } else { nil } }
    var array: [JSON]? { if case .array(let elements) = self { elements } else { nil } }
    var members: [Member]? { if case .object(let members) = self { members } else { nil } }

    var double: Double? {
        switch self {
        case .double(let number): number
        case .int(let number): Double(number)
        default: nil
        }
    }

    /// Text by name, for maps of strings; other values as their JSON text, nulls left out.
    var texts: [String: String] {
        var texts: [String: String] = [:]
        for member in members ?? [] where member.value != .null { texts[member.name] = member.value.string ?? member.value.text }
        return texts
    }

    /// An object of strings, sorted by name so that equal maps give equal text.
    static func object(_ texts: [String: String]) -> JSON {
        .object(texts.sorted { $0.key < $1.key }.map { Member($0.key, .string($0.value)) })
    }
}
