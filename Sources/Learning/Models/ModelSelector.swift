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

    /// `NAME:3` is `NAME:v3`.
    package init(reading text: String) throws(LearningFault) {
        guard let mark = text.firstIndex(where: { $0 == "@" || $0 == ":" }) else {
            try ModelName.check(text)
            self.init(text, .latest)
            return
        }
        let (name, rest) = (String(text[..<mark]), String(text[text.index(after: mark)...]))
        try ModelName.check(name)
        if text[mark] == "@" {
            try AliasName.check(rest, of: name)
            self.init(name, .alias(rest))
        } else {
            guard let version = Int(rest.hasPrefix("v") ? String(rest.dropFirst()) : rest), version > 0, rest.hasSuffix("\(version)"),
                rest.count - "\(version)".count == (rest.hasPrefix("v") ? 1 : 0)
            else {
                throw LearningFault("\"\(rest)\" is no version of \(name); write it as in \(name):v3")
            }
            self.init(name, .version(version))
        }
    }

    /// nil where the text has no such form.
    package init?(parsing text: String) {
        guard let selector = try? ModelSelector(reading: text) else { return nil }
        self = selector
    }

    package var description: String {
        switch choice {
        case .latest: name
        case .alias(let alias): "\(name)@\(alias)"
        case .version(let version): "\(name):v\(version)"
        }
    }
}

/// What models may be called: names that are safe as folders and in addresses.
enum ModelName {
    static func isOne(_ name: String) -> Bool {
        guard let first = name.utf8.first, first != UInt8(ascii: "."), name.utf8.count <= 200 else { return false }
        return name.utf8.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
    }

    static func check(_ name: String) throws(LearningFault) {
        guard isOne(name) else {
            throw LearningFault("\"\(name)\" cannot name a model; use letters, digits, _, - and ., and do not begin with .")
        }
    }
}

/// What aliases may be called: never what could be taken for a version.
enum AliasName {
    static func check(_ alias: String, of model: String) throws(LearningFault) {
        if alias.wholeMatch(of: /[vV]?[0-9]+/) != nil {
            let digits = alias.drop { !$0.isNumber }
            throw LearningFault(
                "\"\(alias)\" cannot be an alias, since it looks like a version; a version is written \(model):v\(digits),"
                    + " and an alias like \(model)@champion")
        }
        guard alias.wholeMatch(of: /[A-Za-z][A-Za-z0-9_\-]{0,63}/) != nil, alias.lowercased() != "latest" else {
            throw LearningFault(
                "\"\(alias)\" cannot be an alias; use a letter, then up to 63 letters, digits, _ and -, as in champion"
                    + (alias.lowercased() == "latest" ? "; the latest version is \(model) alone" : ""))
        }
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }
}
