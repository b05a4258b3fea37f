import Learning
import Runtime

/// One thing to say of a version in a line.
struct ModelFacts: Sendable {
    let name: String
    /// nil where the version does not tell.
    let value: @Sendable (ModelMetadata) -> String?

    static let all = [
        ModelFacts(name: "target") { $0.target },
        ModelFacts(name: "fit") { fit($0) },
        ModelFacts(name: "split") { split($0) },
        ModelFacts(name: "rows") { rows($0.report.rows) },
        ModelFacts(name: "inputs") { $0.inputVersions.sorted { $0.key < $1.key }.map { "\($0.key) v\($0.value)" }.joined(separator: ", ") },
        ModelFacts(name: "plugins") { metadata in
            let plugins = metadata.plugins ?? []
            guard !plugins.isEmpty else { return nil }
            return plugins.map { "\($0.name) \($0.version) (SHA-256 \($0.sha256.prefix(16))…)" }.joined(separator: ", ")
        },
        ModelFacts(name: "definition") { String($0.definitionHash.prefix(16)) + "…" },
        ModelFacts(name: "fitted") { "\($0.created) by tickbook \($0.libraryVersion), \($0.engine)" },
    ]

    private static func fit(_ metadata: ModelMetadata) -> String {
        if let logistic = metadata.logistic {
            let iterations = metadata.report.iterations.map { "; \($0) iterations" } ?? ""
            let gradient = metadata.report.gradientSize.map { ", gradient \($0)" } ?? ""
            return "logistic(C = \(logistic.inverseRegularization), penalty = \(logistic.penalty.rawValue),"
                + " tolerance = \(logistic.tolerance), max_iterations = \(logistic.maximumIterations))\(iterations)\(gradient)"
        }
        guard let plugin = metadata.plugin else { return "-" }
        let parameters = plugin.parameters.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }.joined(separator: ", ")
        return "\(plugin.model)(\(parameters)) of plugin \(plugin.plugin) \(plugin.version)"
    }

    private static func split(_ metadata: ModelMetadata) -> String {
        guard let share = metadata.trainFraction else { return "none: all rows train" }
        return "train = \(share)" + (metadata.report.splitTime.map { "; test from \($0)" } ?? "")
    }

    private static func rows(_ rows: RowCounts) -> String {
        let causes = rows.unusable.byColumn.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) in \($0.value.grouped)" }
        let counts = [(rows.train, "train"), (rows.test, "test"), (rows.purged, "purged"), (rows.unusable.total, "unusable")]
        return counts.map { "\($0.0.grouped) \($0.1)" }.joined(separator: ", ")
            + (causes.isEmpty ? "" : " (\(causes.joined(separator: ", ")))")
    }
}

/// One of the metrics.
struct MetricFacts: Sendable {
    let name: String
    let value: @Sendable (Metrics) -> Double?
    var text: (Metrics) -> String { { ModelText.number(value($0)) } }

    static let all = [
        MetricFacts(name: "accuracy") { $0.accuracy },
        MetricFacts(name: "always the majority") { $0.majorityAccuracy },
        MetricFacts(name: "area under ROC") { $0.areaUnderCurve },
        MetricFacts(name: "log loss") { $0.logLoss },
        MetricFacts(name: "Brier score") { $0.brierScore },
        MetricFacts(name: "base rate") { $0.baseRate },
    ]
}
