/// What a feature is computed as.
package struct FeatureDefinition: Sendable, Hashable, Codable {
    /// In the notebook's language, of the columns that the pipeline of its table reads; a column's name alone where nothing is computed.
    package let formula: String
    /// The table in which it is computed; nil where the model's own pipeline does it.
    package let table: String?

    package init(formula: String, table: String?) {
        self.formula = formula
        self.table = table
    }
}

/// A plugin whose code took part in making a model or its features.
package struct UsedPlugin: Sendable, Hashable, Codable {
    package let name: String
    package let version: String
    /// Of its library or its files.
    package let sha256: String

    package init(name: String, version: String, sha256: String) {
        self.name = name
        self.version = version
        self.sha256 = sha256
    }
}
