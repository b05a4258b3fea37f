import Foundation

/// A run's record as Prometheus text (exposition format 0.0.4), for a file that node_exporter reads or for a push gateway.
package struct RunMetrics {
    private let record: RunRecord

    package init(_ record: RunRecord) { self.record = record }

    package var text: String {
        let run = [("notebook", notebookName)]
        var families = [
            family("tickbook_run_success", "Whether the last run ended well.", [(run, record.outcome == .done ? 1 : 0)]),
            family("tickbook_run_exit_code", "The exit code of the last run.", [(run, Double(record.exitCode ?? -1))]),
            family("tickbook_run_seconds", "How long the last run took.", [(run, record.seconds ?? 0)]),
            family("tickbook_run_end_timestamp_seconds", "When the last run ended.", [(run, ended)]),
        ]
        families += [
            perStage("tickbook_stage_rows", "Rows of the table, or that the model learned from.") { Double($0.rows) },
            perStage("tickbook_stage_rows_written", "Rows the run wrote.") { Double($0.rowsWritten) },
            perStage("tickbook_stage_rows_rejected", "Rows the run set aside.") { Double($0.rowsRejected) },
            perStage("tickbook_stage_version", "The version after the run.") { Double($0.version) },
            perStage("tickbook_stage_seconds", "How long the stage took.", \.seconds),
            perStage("tickbook_stage_made", "1 where the run made it, 0 where it was up to date.") { $0.status == .made ? 1 : 0 },
        ]
        if let cell = record.fault?.cell {
            families.append(family("tickbook_stage_failed", "The cell that failed.", [(run + [("cell", cell)], 1)]))
        }
        return families.filter { !$0.isEmpty }.joined()
    }

    /// The job under which a push gateway keeps them: the notebook's file name without its ending.
    package var notebookName: String { URL(fileURLWithPath: record.notebook).deletingPathExtension().lastPathComponent }

    private var ended: Double {
        let started = (try? Date(record.started, strategy: .iso8601)) ?? .now
        return started.timeIntervalSince1970 + (record.seconds ?? 0)
    }

    private func perStage(_ name: String, _ help: String, _ value: (RunStage) -> Double) -> String {
        family(
            name, help,
            record.stages.map { stage in
                ([("notebook", notebookName), ("cell", stage.cell), (stage.kind.rawValue, stage.name)], value(stage))
            })
    }

    private func family(_ name: String, _ help: String, _ samples: [(labels: [(String, String)], value: Double)]) -> String {
        guard !samples.isEmpty else { return "" }
        let lines = samples.map { sample in
            let labels = sample.labels.map { "\($0.0)=\"\(escaped($0.1))\"" }.joined(separator: ",")
            return "\(name){\(labels)} \(sample.value == sample.value.rounded() ? "\(Int64(sample.value))" : "\(sample.value)")\n"
        }
        return "# HELP \(name) \(help)\n# TYPE \(name) gauge\n" + lines.joined()
    }

    private func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
