/// What may stand where the cursor is.
package struct Completion: Sendable, Hashable {
    package enum Kind: String, Sendable {
        case statement, verb, column, function, argument, value, table, binding, model, parameter, plugin, file, cell, version, command
        case result
    }

    package struct Candidate: Sendable, Hashable {
        /// What is put into the text.
        package let text: String
        /// What a list shows.
        package let label: String
        package let kind: Kind
        /// A few words: a column's type, a function's first sentence.
        package let description: String

        package init(_ text: String, label: String? = nil, _ kind: Kind, _ description: String = "") {
            self.text = text
            self.label = label ?? text
            self.kind = kind
            self.description = description
        }
    }

    /// The bytes that a candidate replaces; they end at the cursor.
    package let range: SourceSpan
    /// What stands there.
    package let typed: String
    /// The likeliest first.
    package let candidates: [Candidate]

    /// What can be put there at once: the only candidate, or what all begin with where that is more than was typed.
    package var insertion: String? {
        guard let first = candidates.first else { return nil }
        let common = candidates.dropFirst().reduce(first.text) { $0.commonPrefix(with: $1.text) }
        guard common != typed, candidates.count == 1 || common.hasPrefix(typed) else { return nil }
        return common
    }
}

extension String {
    fileprivate func commonPrefix(with other: String) -> String {
        String(zip(self, other).prefix { $0 == $1 }.map(\.0))
    }
}
