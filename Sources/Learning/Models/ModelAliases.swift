/// The names that stand for versions of one model, and how they came to: the content of `NAME/aliases.json`.
package struct ModelAliases: Sendable, Hashable, Codable {
    package enum Action: String, Sendable, Codable { case promoted, rolledBack, removed }

    /// One move of one alias.
    package struct Change: Sendable, Hashable, Codable {
        package let alias: String
        package let action: Action
        /// nil where the alias did not exist before.
        package let from: Int?
        /// nil where the alias was removed.
        package let to: Int?
        /// ISO 8601 in UTC.
        package let time: String
    }

    package private(set) var aliases: [String: Int] = [:]
    /// The oldest first.
    package private(set) var history: [Change] = []

    package init() {}

    /// Files of before there was a history read too.
    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        aliases = try members.decode([String: Int].self, forKey: .aliases)
        history = try members.decodeIfPresent([Change].self, forKey: .history) ?? []
    }

    package subscript(alias: String) -> Int? { aliases[alias] }

    /// The aliases of a version, sorted.
    package func names(of version: Int) -> [String] { aliases.filter { $0.value == version }.keys.sorted() }

    /// What `rollBack` would take the alias to; nil where nothing is known of before.
    package func versionBefore(_ alias: String) -> Int? { standings(of: alias).dropLast().last ?? nil }

    /// Whether anything changed: an alias can be promoted to where it is.
    mutating func promote(_ alias: String, to version: Int, at time: String) -> Bool {
        guard aliases[alias] != version else { return false }
        note(alias, .promoted, to: version, at: time)
        return true
    }

    mutating func rollBack(_ alias: String, to version: Int, at time: String) { note(alias, .rolledBack, to: version, at: time) }

    mutating func remove(_ alias: String, at time: String) { note(alias, .removed, to: nil, at: time) }

    private mutating func note(_ alias: String, _ action: Action, to version: Int?, at time: String) {
        history.append(Change(alias: alias, action: action, from: aliases[alias], to: version, time: time))
        aliases[alias] = version
    }

    /// What the alias stood for, one below the other, now on top: a promotion or removal puts one on, a rollback takes one off.
    private func standings(of alias: String) -> [Int?] {
        let changes = history.filter { $0.alias == alias }
        let first: [Int?] = [changes.isEmpty ? aliases[alias] : changes[0].from]
        return changes.reduce(into: first) { standings, change in
            if change.action == .rolledBack { standings.removeLast() } else { standings.append(change.to) }
        }
    }
}
