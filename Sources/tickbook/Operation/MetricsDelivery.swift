import Foundation
import Runtime

/// Hands a run's metrics to those who watch; that it can't is a warning, never a failure of the run.
struct MetricsDelivery {
    private let metrics: RunMetrics
    private static let patience = "10"

    init(_ record: RunRecord) { metrics = RunMetrics(record) }

    /// Replaces the file as a whole, since a collector may be reading it.
    func write(to path: String) {
        do {
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(metrics.text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            Terminal.note("warning: metrics cannot be written to \(path): \(error.localizedDescription)")
        }
    }

    /// Over HTTP by curl, which knows proxies and certificates as the system is set up.
    func push(to url: String) {
        let body = FileManager.default.temporaryDirectory.appendingPathComponent("tickbook-metrics-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: body) }
        do {
            try Data(metrics.text.utf8).write(to: body)
            let ended = try ChildProgram(
                "/usr/bin/env",
                [
                    "curl", "--silent", "--show-error", "--fail", "--max-time", Self.patience, "--request", "PUT",
                    "--header", "Content-Type: text/plain; version=0.0.4", "--data-binary", "@\(body.path)", address(url),
                ]
            ).run()
            guard ended.code == 0 else { return warn(url, ended.errors) }
        } catch {
            warn(url, error.localizedDescription)
        }
    }

    /// A URL without a path is a gateway's; metrics of each notebook are a group of their own there.
    private func address(_ url: String) -> String {
        guard let parts = URLComponents(string: url), parts.path.isEmpty || parts.path == "/" else { return url }
        let base = url.hasSuffix("/") ? String(url.dropLast()) : url
        let name = metrics.notebookName.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(["_", "-"])) ?? "notebook"
        return "\(base)/metrics/job/tickbook/notebook/\(name)"
    }

    private func warn(_ url: String, _ reason: String) {
        let reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
        Terminal.note("warning: metrics were not taken by \(url): \(reason.isEmpty ? "no answer" : reason)")
    }
}
