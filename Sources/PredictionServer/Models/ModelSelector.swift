/// Which version of which model: `NAME` for the latest, `NAME@ALIAS`, or `NAME:vN`.
package struct ModelSelector: Sendable, Hashable, CustomStringConvertible {
    package enum Choice: Sendable, Hashable {
        case latest
        case alias(String)
        case version(Int)
    }

    package let name: String
    package let choice: Choice

    package init(_ name: String, _ choice: Choice = .latest) {
        self.name = name
        self.choice = choice
    }

    /// nil where the text has no such form; `NAME:3` is `NAME:v3`.
    package init?(parsing text: String) {
        guard let mark = text.firstIndex(where: { $0 == "@" || $0 == ":" }) else {
            guard !text.isEmpty else { return nil }
            self.init(text, .latest)
            return
        }
        let (name, rest) = (text[..<mark], text[text.index(after: mark)...])
        guard !name.isEmpty, !rest.isEmpty else { return nil }
        if text[mark] == "@" {
            guard rest.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }) else { return nil }
            self.init(String(name), .alias(String(rest)))
        } else {
            guard let version = Int(rest.first == "v" ? rest.dropFirst() : rest), version > 0 else { return nil }
            self.init(String(name), .version(version))
        }
    }

    package var description: String {
        switch choice {
        case .latest: name
        case .alias(let alias): "\(name)@\(alias)"
        case .version(let version): "\(name):v\(version)"
        }
    }
}
