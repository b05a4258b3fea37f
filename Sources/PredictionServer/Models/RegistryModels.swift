import Foundation
package import Learning

/// The models of a workspace's registry.
///
/// Aliases stand in `NAME/aliases.json`, which is replaced as a whole: `{"aliases":{"champion":3},"history":[…]}`.
package struct RegistryModels: ModelSource {
    private let registry: ModelRegistry
    private let root: String

    /// `root` is the registry's folder.
    package init(registry: ModelRegistry, root: String) {
        self.registry = registry
        self.root = root
    }

    package func version(of selector: ModelSelector) throws -> Int {
        switch selector.choice {
        case .version(let version): return version
        case .latest:
            guard let latest = try registry.latest(selector.name) else { return try registry.load(selector.name).version }
            return latest
        case .alias(let alias):
            guard try registry.latest(selector.name) != nil else { return try registry.load(selector.name).version }
            let aliases = try aliases(of: selector.name)
            guard let version = aliases[alias] else {
                let known = aliases.isEmpty ? "it has none" : "it has \(aliases.keys.sorted().joined(separator: ", "))"
                throw ServerFault("model \(selector.name) has no alias \(alias); \(known)")
            }
            return version
        }
    }

    package func load(_ name: String, version: Int) throws -> ServedModel { ServedModel(try registry.load(name, version: version)) }

    private func aliases(of name: String) throws -> [String: Int] {
        let path = "\(root)/\(name)/aliases.json"
        guard let data = FileManager.default.contents(atPath: path) else { return [:] }
        do {
            return try JSONDecoder().decode(AliasesFile.self, from: data).aliases
        } catch {
            throw ServerFault("\(path) is damaged; restore it, or promote a version anew with tickbook model promote")
        }
    }

    private struct AliasesFile: Decodable {
        let aliases: [String: Int]
    }
}

extension ServedModel {
    package convenience init(_ loaded: LoadedModel) {
        let classifier = loaded.classifier
        self.init(
            name: loaded.name, version: loaded.version, features: loaded.metadata.features, threshold: classifier.threshold,
            definitionHash: loaded.metadata.definitionHash
        ) { rows, probabilities in try classifier.probabilities(ofRows: rows, into: probabilities) }
    }
}
