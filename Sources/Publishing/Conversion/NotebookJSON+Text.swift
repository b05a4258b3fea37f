import Foundation

extension NotebookJSON {
    /// The layout in which Jupyter itself saves notebooks: one blank per level, names in order, so that its next save changes little.
    package var fileText: String { written(indentation: 0) + "\n" }

    /// The value on one line, names in order.
    var lineText: String { written(indentation: nil) }

    private func written(indentation: Int?) -> String {
        switch self {
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .int(let number): String(number)
        case .double(let number): number.isFinite ? String(describing: number) : "null"
        case .string(let text): Self.quoted(text)
        case .array(let elements): Self.list(elements.map { ("", $0) }, "[", "]", indentation)
        case .object(let members):
            Self.list(
                members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
                    .map { (Self.quoted($0.key) + (indentation == nil ? ":" : ": "), $0.value) }, "{", "}", indentation)
        }
    }

    private static func list(_ items: [(head: String, value: NotebookJSON)], _ open: String, _ close: String, _ indentation: Int?) -> String
    {
        guard let indentation, !items.isEmpty else {
            return open + items.map { $0.head + $0.value.written(indentation: indentation) }.joined(separator: ",") + close
        }
        let margin = String(repeating: " ", count: indentation + 1)
        let lines = items.map { margin + $0.head + $0.value.written(indentation: indentation + 1) }
        return "\(open)\n\(lines.joined(separator: ",\n"))\n\(String(repeating: " ", count: indentation))\(close)"
    }

    /// Source: RFC 8259, section 7; U+2028 and U+2029 stand as they are, as Python writes them.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case "\u{0}"..<" ": quoted += String(format: "\\u%04x", scalar.value)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
