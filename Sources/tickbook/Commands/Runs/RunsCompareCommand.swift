import ArgumentParser
import Foundation
import Runtime

struct RunsCompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Show in what two runs differ: what they were given, and what came of it.")

    @Argument(help: "The earlier run, or the beginning of its name.")
    var earlier: String
    @Argument(help: "The later run; without it, the newest.")
    var later: String?
    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
        try FaultText.reporting {
            let store = RunStore(workspace: workspace.value)
            let (earlier, later) = (try store.find(earlier), try store.find(later))
            let rows = given(earlier, later) + outputs(earlier, later)
            guard !rows.isEmpty else { return Terminal.print("The runs were given the same and came to the same.") }
            TextColumns(["", earlier.id, later.id]).print(rows)
        }
    }

    private func given(_ earlier: RunRecord, _ later: RunRecord) -> [[String]] {
        var facts: [(String, (RunRecord) -> String?)] = [
            ("notebook", { $0.notebook }), ("notebook SHA-256", { String($0.notebookSHA256.prefix(16)) }), ("tickbook", { $0.tickbook }),
            ("host", { $0.host }), ("options", { $0.options.joined(separator: " ") }), ("outcome", { $0.outcome.rawValue }),
            ("fault", RunText.faultSummary),
        ]
        for name in Set(earlier.parameters.keys).union(later.parameters.keys).sorted() {
            facts.append(("parameter \(name)", { $0.parameters[name] }))
        }
        for name in Set((earlier.plugins + later.plugins).map(\.name)).sorted() {
            facts.append(("plugin \(name)", { $0.plugins.first { $0.name == name }.map { "\($0.version) \($0.sha256.prefix(16))" } }))
        }
        // An engine is named only by runs that used it.
        if earlier.engine != nil, later.engine != nil { facts.append(("engine", { $0.engine })) }
        return differences(facts, earlier, later)
    }

    private func outputs(_ earlier: RunRecord, _ later: RunRecord) -> [[String]] {
        var names: [String] = []
        for stage in later.stages + earlier.stages where !names.contains(stage.name) { names.append(stage.name) }
        return names.flatMap { name in
            let stage = { (record: RunRecord) in record.stages.first { $0.name == name } }
            let measures = Set([earlier, later].compactMap(stage).flatMap(\.measures.keys)).sorted()
            var facts: [(String, (RunRecord) -> String?)] = [
                ("\(name) version", { stage($0).map { "v\($0.version)" } }), ("\(name) made from", { stage($0).map(RunText.inputs) }),
                ("\(name) rows", { stage($0)?.rows.grouped }), ("\(name) rows written", { stage($0)?.rowsWritten.grouped }),
                ("\(name) rows rejected", { stage($0)?.rowsRejected.grouped }),
            ]
            for measure in measures { facts.append(("\(name) \(measure)", { stage($0)?.measures[measure].map { "\($0)" } })) }
            facts.append(("\(name) seconds", { stage($0).map { String(format: "%.2f", $0.seconds) } }))
            return differences(facts, earlier, later)
        }
    }

    private func differences(_ facts: [(String, (RunRecord) -> String?)], _ earlier: RunRecord, _ later: RunRecord) -> [[String]] {
        facts.compactMap { name, value in
            let values = [value(earlier) ?? "-", value(later) ?? "-"]
            return values[0] == values[1] ? nil : [name] + values
        }
    }
}
