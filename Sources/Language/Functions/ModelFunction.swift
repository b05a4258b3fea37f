package import Columnar

/// A kind of model that a plugin fits, as `fit(…)` calls it.
package struct ModelFunction: Sendable {
    package let name: String
    /// One sentence, then parameters, method and source.
    package let documentation: String
    package let parameters: [SeriesFunction.Parameter]
    /// What definitions call it: with the plugin and a digest of its code, so that other code is another model.
    package let identity: String

    package init(name: String, documentation: String, parameters: [SeriesFunction.Parameter], identity: String) {
        self.name = name
        self.documentation = documentation
        self.parameters = parameters
        self.identity = identity
    }

    /// The call with every parameter.
    package var form: String {
        let arguments = parameters.map { parameter in parameter.defaultValue.map { "\(parameter.name) = \($0)" } ?? parameter.name }
        return "\(name)(\(arguments.joined(separator: ", ")))"
    }
}

/// A plugin's kind of model with its parameters.
package struct PluginClassifier: Sendable, Hashable, CustomStringConvertible {
    package struct Setting: Sendable, Hashable {
        package let name: String
        package let value: Value
    }

    package let identity: String
    /// All of them, in the order of their declaration.
    package let settings: [Setting]

    package var description: String {
        "\(identity)(\(settings.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")))"
    }
}
