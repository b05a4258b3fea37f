import Columnar
package import Foundation

/// A model as ONNX: `features`, rows of doubles in the model's order, to `label` and `probabilities`, of 0 and of 1.
///
/// The operators are those of `ai.onnx` on doubles. The `Scaler` and `LinearClassifier` of `ai.onnx.ml` compute in single precision,
/// which on prices in the thousands is off by more than 1e-6.
package enum ONNXExport {
    static let rows = ONNXGraph.Dimension.named("rows")

    package static func file(_ model: LoadedModel) throws(LearningFault) -> Data {
        var graph = ONNXGraph(name: model.name)
        let width = model.classifier.features.count
        graph.input("features", .double, [rows, .fixed(width)])
        let probability = try probability(of: model, &graph)
        answer(probability, threshold: model.classifier.threshold, &graph)
        return graph.model(
            producerVersion: model.metadata.libraryVersion,
            documentation: "The probability that \(model.metadata.target). Features, in order: \(names(model)).",
            properties: properties(of: model))
    }

    /// The name of the value that is the probability of 1, one column.
    private static func probability(of model: LoadedModel, _ graph: inout ONNXGraph) throws(LearningFault) -> String {
        switch model.classifier {
        case let logistic as LogisticModel:
            return graph.add("Sigmoid", [margin(of: logistic, &graph)])
        case let plugin as PluginModel:
            let trees = try LightGBMTrees(of: plugin, "\(model.name) \(model.versionName)")
            return graph.add("Sigmoid", [margin(of: trees, &graph)])
        default:
            throw LearningFault("\(model.name) \(model.versionName) has no form in ONNX; use --format native")
        }
    }

    /// Standardised first, as the model itself does, and then weighted.
    private static func margin(of model: LogisticModel, _ graph: inout ONNXGraph) -> String {
        let width = model.features.count
        let centred = graph.add("Sub", ["features", graph.constant(model.means, [1, width])])
        let scaled = graph.add("Div", [centred, graph.constant(model.scales, [1, width])])
        let weighted = graph.add("MatMul", [scaled, graph.constant(model.coefficients, [width, 1])])
        return graph.add("Add", [weighted, graph.constant([model.intercept], [1, 1])])
    }

    private static func answer(_ probability: String, threshold: Double, _ graph: inout ONNXGraph) {
        let opposite = graph.add("Sub", [graph.constant([1.0], [1, 1]), probability])
        graph.add("Concat", [opposite, probability], ["axis": .int(1)], output: "probabilities")
        let isOne = graph.add("GreaterOrEqual", [probability, graph.constant([threshold], [1, 1])])
        let label = graph.add("Cast", [isOne], ["to": .int(ONNXGraph.ElementType.int64.rawValue)])
        graph.add("Reshape", [label, graph.constant([-1], [1])], output: "label")
        graph.output("label", .int64, [rows])
        graph.output("probabilities", .double, [rows, .fixed(2)])
    }

    private static func properties(of model: LoadedModel) -> [(String, String)] {
        [
            ("model", model.name), ("version", model.versionName), ("features", names(model)),
            ("types", model.metadata.features.map(\.type.rawValue).joined(separator: ",")), ("target", model.metadata.target),
            ("threshold", "\(model.classifier.threshold)"), ("definition", model.metadata.definitionHash),
        ]
    }

    private static func names(_ model: LoadedModel) -> String { model.classifier.features.joined(separator: ",") }
}
