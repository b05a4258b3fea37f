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
        let probability = try probability(of: model.classifier, "\(model.name) \(model.versionName)", &graph)
        answer(probability, threshold: model.classifier.threshold, &graph)
        return graph.model(
            producerVersion: model.metadata.libraryVersion,
            documentation: "The probability that \(model.metadata.target). Features, in order: \(names(model)).",
            properties: properties(of: model))
    }

    /// The name of the value that is the probability of 1, one column.
    private static func probability(
        of classifier: any Classifier, _ name: String, _ graph: inout ONNXGraph
    ) throws(LearningFault) -> String {
        switch classifier {
        case let logistic as LogisticModel: return graph.add("Sigmoid", [margin(of: logistic, &graph)])
        case let plugin as PluginModel: return graph.add("Sigmoid", [margin(of: try LightGBMTrees(of: plugin, name), &graph)])
        case let calibrated as CalibratedModel:
            return calibration(calibrated.calibration, of: try probability(of: calibrated.base, name, &graph), &graph)
        default: throw LearningFault("\(name) has no form in ONNX; use --format native")
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

    private static func calibration(_ calibration: Calibration, of probability: String, _ graph: inout ONNXGraph) -> String {
        switch calibration {
        case .sigmoid(let slope, let intercept):
            let bounds = [Calibration.certainty, 1 - Calibration.certainty].map { graph.constant([$0], []) }
            let bounded = graph.add("Clip", [probability] + bounds)
            let opposite = graph.add("Sub", [graph.constant([1.0], [1, 1]), bounded])
            let odds = graph.add("Log", [graph.add("Div", [bounded, opposite])])
            let steepened = graph.add("Mul", [odds, graph.constant([slope], [1, 1])])
            return graph.add("Sigmoid", [graph.add("Add", [steepened, graph.constant([intercept], [1, 1])])])
        case .isotonic(let probabilities, let calibrated):
            return isotonic(probabilities, calibrated, of: probability, &graph)
        }
    }

    /// The first point's height, and of every line what of it lies below the probability, times its slope.
    private static func isotonic(_ xs: [Double], _ ys: [Double], of probability: String, _ graph: inout ONNXGraph) -> String {
        let lines = xs.indices.dropLast().filter { ys[$0 + 1] > ys[$0] }
        let start = graph.constant([ys[0]], [1, 1])
        guard !lines.isEmpty else { return graph.add("Add", [graph.add("Mul", [probability, graph.constant([0.0], [1, 1])]), start]) }
        let beyond = graph.add("Sub", [probability, graph.constant(lines.map { xs[$0] }, [1, lines.count])])
        let widths = graph.constant(lines.map { xs[$0 + 1] - xs[$0] }, [1, lines.count])
        let shares = graph.add("Div", [graph.add("Min", [graph.add("Max", [beyond, graph.constant([0.0], [1, 1])]), widths]), widths])
        let heights = graph.constant(lines.map { ys[$0 + 1] - ys[$0] }, [lines.count, 1])
        return graph.add("Add", [graph.add("MatMul", [shares, heights]), start])
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
