/// What help says of one name.
struct HelpTopic {
    let name: String
    /// `a verb`, `a function of series`.
    let kind: String
    /// How it is written.
    let form: String
    let text: String

    func text(width: Int) -> String {
        let head = Wrapped.lines(form, width: width, indent: "    ")
        let body = text.split(separator: "\n", omittingEmptySubsequences: false).flatMap {
            Wrapped.lines(String($0), width: width - 2, indent: "").map { "  " + $0 }
        }
        return (head + ["  (\(kind))"] + body).joined(separator: "\n")
    }
}

/// Text in lines of at most a width, broken between words.
enum Wrapped {
    /// Lines behind the first begin with `indent`.
    static func lines(_ text: String, width: Int, indent: String) -> [String] {
        var lines: [String] = []
        var line = String(text.prefix { $0 == " " })
        for word in text.dropFirst(line.count).split(separator: " ", omittingEmptySubsequences: false) {
            if !line.isBlank, line.count + 1 + word.count > width {
                lines.append(line)
                line = indent + word
            } else {
                line += (line.isBlank ? "" : " ") + word
            }
        }
        return lines + [line]
    }
}
