import Foundation
import Runtime

/// A run's record in words and as JSON.
enum RunText {
    static func facts(_ record: RunRecord) -> [String] {
        let time = record.seconds.map { " after \(String(format: "%.2f", $0)) s" } ?? ""
        var facts = [
            ("run", record.id), ("notebook", "\(record.notebook) (SHA-256 \(record.notebookSHA256.prefix(16))…)"),
            ("outcome", "\(record.outcome.rawValue)\(time)\(record.exitCode.map { ", exit code \($0)" } ?? "")"),
            ("began", "\(record.started) on \(record.host), process \(record.process)"),
            ("tickbook", record.tickbook + (record.engine.map { ", \($0)" } ?? "")),
        ]
        if !record.options.isEmpty { facts.append(("options", record.options.joined(separator: " "))) }
        for (name, value) in record.parameters.sorted(by: { $0.key < $1.key }) { facts.append(("parameter", "\(name) = \(value)")) }
        for plugin in record.plugins { facts.append(("plugin", "\(plugin.name) \(plugin.version) (SHA-256 \(plugin.sha256.prefix(16))…)")) }
        if let fault = faultText(record) { facts.append(("fault", fault)) }
        return facts.map { name, value in name + String(repeating: " ", count: 11 - name.count) + value }
    }

    /// What fits beside another run's: the beginning of the fault's first line.
    static func faultSummary(_ record: RunRecord) -> String? {
        guard let text = faultText(record) else { return nil }
        let summary = text.prefix { $0 != "\n" }.prefix(72)
        return summary.count < text.count ? summary + "…" : text
    }

    /// Most messages name their cell themselves.
    private static func faultText(_ record: RunRecord) -> String? {
        guard let fault = record.fault, let cell = fault.cell, !fault.message.hasPrefix("cell '\(cell)'") else {
            return record.fault?.message
        }
        return "cell '\(cell)': \(fault.message)"
    }

    static func inputs(_ stage: RunStage) -> String {
        stage.versionsIn.sorted { $0.key < $1.key }.map { "\($0.key) v\($0.value)" }.joined(separator: ", ")
    }

    static func json(_ record: RunRecord, pretty: Bool) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting =
            pretty ? [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes] : [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(record), as: UTF8.self)
    }
}
