package import Columnar

/// Where a model came from and how good it is: the content of `metadata.json`.
package struct ModelMetadata: Sendable, Hashable, Codable {
    package let name: String
    /// The model's features in order, with their column types.
    package let features: [Field]
    /// The target as the notebook writes it.
    package let target: String
    /// The version of every table that was read, by the table's name.
    package let inputVersions: [String: Int]
    package let definitionHash: String
    package let report: TrainingReport
    package let logistic: LogisticParameters
    package let trainFraction: Double?
    /// The engine that prepared the samples, with its version.
    package let engine: String
    package let libraryVersion: String
    /// When the fit ended, ISO 8601 in UTC.
    package let created: String

    package init(
        name: String, trained: TrainedModel, specification: TrainingSpecification, target: String, inputVersions: [String: Int],
        definitionHash: String, engine: String, libraryVersion: String, created: String
    ) {
        self.name = name
        features = trained.featureTypes
        self.target = target
        self.inputVersions = inputVersions
        self.definitionHash = definitionHash
        report = trained.report
        logistic = specification.logistic
        trainFraction = specification.trainFraction
        self.engine = engine
        self.libraryVersion = libraryVersion
        self.created = created
    }
}

/// A model read from the registry.
package struct LoadedModel: Sendable {
    package let name: String
    package let version: Int
    package let model: LogisticModel
    package let metadata: ModelMetadata

    package init(name: String, version: Int, model: LogisticModel, metadata: ModelMetadata) {
        self.name = name
        self.version = version
        self.model = model
        self.metadata = metadata
    }

    /// The version as paths and answers write it: `v1`.
    package var versionName: String { "v\(version)" }
}
