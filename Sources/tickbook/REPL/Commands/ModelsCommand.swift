import Foundation
import Learning
import Runtime

extension ColonCommand {
    static let models = ColonCommand(name: "models", arguments: "", summary: "the workspace's models", count: 0...0) { _, shell in
        let registry = shell.workspace.models
        let models = try registry.list()
        guard !models.isEmpty else { return Terminal.note("There are no models yet.") }
        let rows = models.map { model in
            let latest = try? registry.latestMetadata(model.name)
            let metrics = latest.map { $0.metadata.report.testMetrics ?? $0.metadata.report.trainMetrics }
            return [
                model.name, latest.map { "v\($0.version)" } ?? "?", metrics.map { String(format: "%.4f", $0.accuracy) } ?? "",
                shell.servers.running.first { $0.model == model.name }?.address ?? "",
            ]
        }
        TextColumns(["model", "newest", "accuracy", "serving on"], alignedRight: [2]).print(rows)
    }
}
