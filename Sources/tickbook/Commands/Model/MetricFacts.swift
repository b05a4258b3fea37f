import Learning
import Runtime

/// One of the figures of a model.
struct MetricFacts: Sendable {
    let name: String
    let value: @Sendable (Metrics) -> Double?

    func text(_ metrics: Metrics) -> String { ModelText.number(value(metrics)) }

    static let all = [
        MetricFacts(name: "accuracy") { $0.accuracy },
        MetricFacts(name: "majority") { $0.majorityAccuracy },
        MetricFacts(name: "balanced") { $0.balancedAccuracy },
        MetricFacts(name: "AUC") { $0.areaUnderCurve },
        MetricFacts(name: "log loss") { $0.logLoss },
        MetricFacts(name: "Brier") { $0.brierScore },
        MetricFacts(name: "base rate") { $0.baseRate },
    ]

    /// A row under the headings "rows" and the figures' names.
    static func row(_ metrics: Metrics) -> [String] { [metrics.rows.grouped] + all.map { $0.text(metrics) } }
    static let headings = ["rows"] + all.map(\.name)
}
