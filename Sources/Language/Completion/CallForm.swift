/// A call as documentation shows it, `take(count, offset = 0)`, taken apart.
struct CallForm {
    struct Argument: Hashable {
        let name: String
        /// As written; nil for an argument that must be given.
        let defaultCode: String?
    }

    /// The arguments of a form; of one that goes on with `…`, those before it are patterns and no names.
    static func arguments(of form: String) -> [Argument] {
        guard let open = form.firstIndex(of: "("), let close = form.lastIndex(of: ")"), open < close else { return [] }
        var arguments: [Argument] = []
        for part in parts(form[form.index(after: open)..<close]) {
            if part == "…" {
                arguments = []
                continue
            }
            let sides = part.split(separator: "=", maxSplits: 1).map { trimmed($0) }
            guard let name = sides.first, name.allSatisfy({ $0.isLetter || $0 == "_" || $0.isNumber }) else { continue }
            arguments.append(Argument(name: name, defaultCode: sides.count == 2 ? sides[1] : nil))
        }
        return arguments
    }

    /// Cut at the commas outside inner brackets and texts.
    private static func parts(_ text: Substring) -> [String] {
        var parts = [""]
        var depth = 0
        var isText = false
        var isEscaped = false
        for character in text {
            if character == "\"", !isEscaped { isText.toggle() }
            isEscaped = character == "\\" && !isEscaped
            if !isText { depth += "([".contains(character) ? 1 : ")]".contains(character) ? -1 : 0 }
            if character == ",", depth == 0, !isText { parts.append("") } else { parts[parts.count - 1].append(character) }
        }
        return parts.map { trimmed($0[...]) }
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
