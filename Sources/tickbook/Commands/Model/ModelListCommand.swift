import ArgumentParser
import Foundation
import Learning
import Runtime

struct ModelListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List models, their aliases and how good the newest version is.")

    @OptionGroup var workspace: WorkspaceOption
    @Flag(help: "One JSON object per line.")
    var json = false

    func run() throws {
        try FaultText.reporting {
            let models = try workspace.value.models.list().map { Listing($0.name, $0.versions, in: workspace.value.models) }
            if json { return try models.forEach { Terminal.print(try ModelText.json($0, pretty: false)) } }
            guard !models.isEmpty else {
                return Terminal.note("There are no models yet; run a notebook that fits one: tickbook run NOTEBOOK")
            }
            TextColumns(["model", "versions", "aliases", "newest", "accuracy", "majority", "AUC", "fitted"], alignedRight: [1, 4, 5, 6])
                .print(
                    models.map(\.row))
            for model in models { for fault in model.faults { Terminal.note("warning: \(fault)") } }
        }
    }

    /// What is known of a model; what cannot be read of it is a fault beside the rest.
    private struct Listing: Encodable {
        let name: String
        let versions: [Int]
        private(set) var aliases: [String: Int] = [:]
        private(set) var metrics: Metrics?
        private(set) var fitted: String?
        private(set) var faults: [String] = []

        init(_ name: String, _ versions: [Int], in registry: ModelRegistry) {
            self.name = name
            self.versions = versions
            do { aliases = try registry.aliases(of: name).aliases } catch { faults.append("\(error)") }
            do {
                let metadata = try registry.metadata(name, version: versions.last!)
                metrics = metadata.report.judgement.metrics
                fitted = metadata.created
            } catch {
                faults.append("\(error)")
            }
            let problems = versions.compactMap { registry.problemAtAGlance(name, version: $0) }
            faults += problems.filter { !faults.contains($0) }
        }

        var row: [String] {
            let aliases = aliases.sorted { $0.key < $1.key }.map { "\($0.key)=v\($0.value)" }.joined(separator: " ")
            return [
                name, "\(versions.count)", aliases, "v\(versions.last!)", ModelText.number(metrics?.accuracy),
                ModelText.number(metrics?.majorityAccuracy), ModelText.number(metrics?.areaUnderCurve), fitted ?? "damaged",
            ]
        }
    }
}
