package import Foundation

extension ModelRegistry {
    private static let aliasesFile = "aliases.json"

    /// Those of a model without any are empty.
    package func aliases(of name: String) throws(LearningFault) -> ModelAliases {
        try ModelName.check(name)
        let path = "\(root)/\(name)/\(Self.aliasesFile)"
        guard FileManager.default.fileExists(atPath: path) else { return ModelAliases() }
        guard let data = FileManager.default.contents(atPath: path) else { throw LearningFault("\(path) cannot be read") }
        do {
            return try JSONDecoder().decode(ModelAliases.self, from: data)
        } catch {
            throw LearningFault("\(path) is damaged; put it back from a copy, or remove it and promote the versions anew")
        }
    }

    func version(of alias: String, _ name: String) throws -> Int {
        _ = try folder(name, nil)
        let aliases = try aliases(of: name)
        guard let version = aliases[alias] else { throw unknownAlias(alias, name, aliases) }
        return version
    }

    /// Points an alias at a version; false where it points there already.
    @discardableResult
    package func promote(_ name: String, version: Int, as alias: String, at time: Date = .now) throws -> Bool {
        try AliasName.check(alias, of: name)
        try checkWhole(name, version)
        return try changing(name) { $0.promote(alias, to: version, at: time.formatted(.iso8601)) }
    }

    /// Points an alias at the version it pointed at before; returns both.
    @discardableResult
    package func rollBack(_ name: String, _ alias: String, at time: Date = .now) throws -> (from: Int?, to: Int) {
        try AliasName.check(alias, of: name)
        _ = try folder(name, nil)
        return try changing(name) { aliases in
            let now = aliases[alias]
            guard let before = aliases.versionBefore(alias) else {
                guard let now else { throw unknownAlias(alias, name, aliases) }
                throw LearningFault(
                    "\(name)@\(alias) has stood for no version before v\(now); promote another one, or take the alias away with --remove")
            }
            try checkWhole(name, before)
            aliases.rollBack(alias, to: before, at: time.formatted(.iso8601))
            return (now, before)
        }
    }

    /// Takes an alias away; returns the version it stood for.
    @discardableResult
    package func removeAlias(_ name: String, _ alias: String, at time: Date = .now) throws -> Int {
        try AliasName.check(alias, of: name)
        _ = try folder(name, nil)
        return try changing(name) { aliases in
            guard let version = aliases[alias] else { throw unknownAlias(alias, name, aliases) }
            aliases.remove(alias, at: time.formatted(.iso8601))
            return version
        }
    }

    private func changing<Result>(_ name: String, _ body: (inout ModelAliases) throws -> Result) throws -> Result {
        try DurableFile.locking("\(root)/\(name)") {
            let before = try aliases(of: name)
            var aliases = before
            let result = try body(&aliases)
            guard aliases != before else { return result }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try DurableFile.replace("\(root)/\(name)/\(Self.aliasesFile)", with: encoder.encode(aliases) + Data("\n".utf8))
            return result
        }
    }

    /// An alias is not moved to what could not be served.
    private func checkWhole(_ name: String, _ version: Int) throws {
        if let problem = try folder(name, version).problems().first { throw LearningFault(problem) }
    }

    private func unknownAlias(_ alias: String, _ name: String, _ aliases: ModelAliases) -> LearningFault {
        let known = aliases.aliases.keys.sorted()
        return LearningFault(
            "model \(name) has no alias \(alias); \(known.isEmpty ? "it has none" : "it has \(known.joined(separator: ", "))");"
                + " make it with tickbook model promote \(name):vN --as \(alias)")
    }
}
