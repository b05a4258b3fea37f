/// A JSON value of a Jupyter file, so that what Tickbook does not know passes through unharmed.
package enum NotebookJSON: Sendable, Hashable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)
    case array([NotebookJSON])
    case object([String: NotebookJSON])

    package subscript(_ name: String) -> NotebookJSON? { members?[name] }

    package var members: [String: NotebookJSON]? { if case .object(let members) = self { members } else { nil } }
    package var elements: [NotebookJSON]? { if case .array(let elements) = self { elements } else { nil } }
    package var string: String? { if case .string(let text) = self { text } else { nil } }
    package var int: Int64? { if case .int(let number) = self { number } else { nil } }
    package var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }

    /// A text that may be stored as its lines, as nbformat's "multi-line string" is.
    var text: String? {
        if let elements {
            let lines = elements.compactMap(\.string)
            return lines.count == elements.count ? lines.joined() : nil
        }
        return string
    }
}

extension NotebookJSON: Decodable {
    package init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {
            self = .bool(flag)
        } else if let number = try? value.decode(Int64.self) {
            self = .int(number)
        } else if let number = try? value.decode(Double.self) {
            self = .double(number)
        } else if let text = try? value.decode(String.self) {
            self = .string(text)
        } else if let elements = try? value.decode([NotebookJSON].self) {
            self = .array(elements)
        } else {
            self = .object(try value.decode([String: NotebookJSON].self))
        }
    }
}
