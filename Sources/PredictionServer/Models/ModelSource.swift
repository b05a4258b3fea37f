package import Learning
import Synchronization

/// Where models come from, and what their aliases point at.
package protocol ModelSource: Sendable {
    /// The version that `selector` stands for now. Throws where there is no such model, version or alias.
    func version(of selector: ModelSelector) throws -> Int
    func load(_ name: String, version: Int) throws -> ServedModel
}

/// Models kept in memory, with aliases that can be moved.
package final class InMemoryModels: ModelSource {
    private struct Content {
        var models: [ServedModel] = []
        var aliases: [String: Int] = [:]
    }

    private let content = Mutex(Content())

    package init(_ models: [ServedModel] = []) { content.withLock { $0.models = models } }

    package func add(_ model: ServedModel) { content.withLock { $0.models.append(model) } }

    package func point(_ alias: String, at version: Int) { content.withLock { $0.aliases[alias] = version } }

    package func version(of selector: ModelSelector) throws -> Int {
        let content = content.withLock { $0 }
        let version =
            switch selector.choice {
            case .version(let version): version
            case .alias(let alias): content.aliases[alias]
            case .latest: content.models.filter { $0.name == selector.name }.map(\.version).max()
            }
        guard let version else { throw ServerFault("there is no \(selector)") }
        return version
    }

    package func load(_ name: String, version: Int) throws -> ServedModel {
        guard let model = content.withLock({ $0.models.last { $0.name == name && $0.version == version } }) else {
            throw ServerFault("there is no \(name):v\(version)")
        }
        return model
    }
}
