package import Learning

/// The models of a workspace's registry.
package struct RegistryModels: ModelSource {
    private let registry: ModelRegistry

    package init(registry: ModelRegistry) { self.registry = registry }

    package func version(of selector: ModelSelector) throws -> Int { try registry.version(of: selector) }

    package func load(_ name: String, version: Int) throws -> ServedModel { ServedModel(try registry.load(name, version: version)) }
}

extension ServedModel {
    package convenience init(_ loaded: LoadedModel) {
        let classifier = loaded.classifier
        self.init(
            name: loaded.name, version: loaded.version, features: loaded.metadata.features, threshold: classifier.threshold,
            definitionHash: loaded.metadata.definitionHash, featuresHash: loaded.metadata.featuresHash
        ) { rows, probabilities in try classifier.probabilities(ofRows: rows, into: probabilities) }
    }
}
