import Columnar
import Learning
import Runtime

/// One thing to say of a version in a line.
struct ModelFacts: Sendable {
    let name: String
    /// nil where the version does not tell.
    let value: @Sendable (ModelMetadata) -> String?

    /// What it was made of: where these differ, so do the models.
    static let definition = [
        ModelFacts(name: "target") { $0.target },
        ModelFacts(name: "fit") { fit($0) },
        ModelFacts(name: "split") { split($0) },
        ModelFacts(name: "calibrated") { calibration($0) },
        ModelFacts(name: "inputs") { $0.inputVersions.sorted { $0.key < $1.key }.map { "\($0.key) v\($0.value)" }.joined(separator: ", ") },
        ModelFacts(name: "plugins") { metadata in
            let plugins = metadata.plugins ?? []
            guard !plugins.isEmpty else { return nil }
            return plugins.map { "\($0.name) \($0.version) (SHA-256 \($0.sha256.prefix(16))…)" }.joined(separator: ", ")
        },
        ModelFacts(name: "definition") { String($0.definitionHash.prefix(16)) + "…" },
        ModelFacts(name: "made by") { "tickbook \($0.libraryVersion), \($0.engine)" },
    ]

    /// How its fit went.
    static let course = [
        ModelFacts(name: "fitted") { $0.created },
        ModelFacts(name: "rows") { rows($0.report.rows) },
        ModelFacts(name: "converged") { metadata in
            guard let iterations = metadata.report.iterations, let gradient = metadata.report.gradientSize else { return nil }
            return "after \(iterations) iterations, with a gradient of \(gradient)"
        },
    ]

    private static func fit(_ metadata: ModelMetadata) -> String {
        if let logistic = metadata.logistic { return fit(logistic) }
        guard let plugin = metadata.plugin else { return "-" }
        let parameters = plugin.parameters.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }.joined(separator: ", ")
        return "\(plugin.model)(\(parameters)) of plugin \(plugin.plugin) \(plugin.version)"
    }

    private static func fit(_ logistic: LogisticParameters) -> String {
        let settings = [
            "C = \(logistic.inverseRegularization)", "penalty = \(logistic.penalty.rawValue)",
            "class_weight = \(logistic.classWeight.rawValue)", "standardize = \(logistic.standardize)",
            "tolerance = \(logistic.tolerance)", "max_iterations = \(logistic.maximumIterations)",
        ]
        return "logistic(\(settings.joined(separator: ", ")))"
    }

    private static func split(_ metadata: ModelMetadata) -> String {
        let start = metadata.report.splitTime.map { "; test from \($0)" } ?? ""
        switch metadata.split {
        case .walkForward(let walk):
            let folds = metadata.report.folds.map { "; \($0.count) folds" } ?? ""
            return "walk_forward(train = \(walk.train), test = \(walk.test), step = \(walk.step), embargo = \(walk.embargo),"
                + " expanding = \(walk.expanding))\(folds)\(start)"
        case .share(let train, let embargo): return "split(train = \(train)\(embargo > 0 ? ", embargo = \(embargo)" : ""))\(start)"
        // Models of earlier releases.
        case nil: return metadata.trainFraction.map { "split(train = \($0))\(start)" } ?? "none: all rows train"
        }
    }

    private static func calibration(_ metadata: ModelMetadata) -> String? {
        guard let parameters = metadata.calibration else { return nil }
        let report = metadata.report.calibration
        let rows = report.map { ", on \($0.rows.grouped) rows from \($0.start)" } ?? ""
        let curve = [report?.slope.map { "slope \(ModelText.number($0))" }, report?.points.map { "\($0) corners" }].compactMap(\.self)
        return "\(parameters.method.rawValue), share \(parameters.share)\(rows)" + (curve.isEmpty ? "" : "; \(curve.joined())")
    }

    private static func rows(_ rows: RowCounts) -> String {
        let causes = rows.unusable.byColumn.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) in \($0.value.grouped)" }
        var counts = [(rows.train, "train"), (rows.test, "test"), (rows.purged, "purged"), (rows.unusable.total, "unusable")]
        if let calibration = rows.calibration { counts.insert((calibration, "calibration"), at: 1) }
        return counts.map { "\($0.0.grouped) \($0.1)" }.joined(separator: ", ")
            + (causes.isEmpty ? "" : " (\(causes.joined(separator: ", ")))")
    }
}
