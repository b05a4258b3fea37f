package import Columnar
import PluginHost

/// Where a model came from and how good it is: the content of `metadata.json`.
package struct ModelMetadata: Sendable, Hashable, Codable {
    package let name: String
    /// The model's features in order, with their column types.
    package let features: [Field]
    /// What each feature is computed as, by its name; nil in versions of before that was kept.
    package let definitions: [String: FeatureDefinition]?
    /// The plugins whose code took part; nil in versions of before that was kept.
    package let plugins: [UsedPlugin]?
    /// The target as the notebook writes it, parameters being their values.
    package let target: String
    /// The version of every table that was read, by the table's name.
    package let inputVersions: [String: Int]
    package let definitionHash: String
    /// Of the part of the definition that makes features; nil in versions of before that was kept.
    package let featuresHash: String?
    package let report: TrainingReport
    /// How it was fitted: one of these.
    package let logistic: LogisticParameters?
    package let plugin: PluginFit?
    /// The share of rows that trained; nil without a split, and where the model walked forward.
    package let trainFraction: Double?
    /// Models of earlier releases say `trainFraction` only.
    package let split: SampleSplit?
    package let calibration: CalibrationParameters?
    /// The engine that prepared the samples, with its version.
    package let engine: String
    package let libraryVersion: String
    /// When the fit ended, ISO 8601 in UTC.
    package let created: String

    package init(
        name: String, trained: TrainedModel, specification: TrainingSpecification, target: String, inputVersions: [String: Int],
        definitionHash: String, engine: String, libraryVersion: String, created: String,
        definitions: [String: FeatureDefinition]? = nil, plugins: [UsedPlugin]? = nil, featuresHash: String? = nil
    ) {
        self.name = name
        features = trained.featureTypes
        self.definitions = definitions
        self.plugins = plugins
        self.target = target
        self.inputVersions = inputVersions
        self.definitionHash = definitionHash
        self.featuresHash = featuresHash
        report = trained.report
        switch specification.method {
        case .logistic(let parameters): (logistic, plugin) = (parameters, nil)
        case .plugin(let model, let values): (logistic, plugin) = (nil, PluginFit(model, values))
        }
        trainFraction = specification.split?.trainShare
        split = specification.split
        calibration = specification.calibration
        self.engine = engine
        self.libraryVersion = libraryVersion
        self.created = created
    }
}

/// The plugin that fitted a model, and with which parameters.
package struct PluginFit: Sendable, Hashable, Codable {
    package let plugin: String
    package let version: String
    /// SHA-256 of the plugin's library.
    package let sha256: String
    package let model: String
    package let parameters: [String: String]

    init(_ model: NativeModel, _ values: [Value]) {
        plugin = model.plugin
        version = model.version
        sha256 = model.hash
        self.model = model.name
        parameters = Dictionary(uniqueKeysWithValues: zip(model.parameterNames, values.map(\.description)))
    }
}

/// A model read from the registry.
package struct LoadedModel: Sendable {
    package let name: String
    package let version: Int
    package let classifier: any Classifier
    package let metadata: ModelMetadata

    package init(name: String, version: Int, classifier: any Classifier, metadata: ModelMetadata) {
        self.name = name
        self.version = version
        self.classifier = classifier
        self.metadata = metadata
    }

    /// The version as paths and answers write it: `v1`.
    package var versionName: String { "v\(version)" }
}
