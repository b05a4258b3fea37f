import DeltaTable
import Language
import Learning
import Planner
import PluginHost

/// The plugins whose code took part in a model: in the tables it learns from, in its own pipeline, and in its fit.
struct UsedPlugins {
    let context: RunContext

    func of(_ model: CheckedModel, _ plan: PipelinePlan, reading inputs: [String: Int]) throws -> [UsedPlugin] {
        var found = Set(
            context.workspace.plugins.users(of: plan.functions).map { UsedPlugin(name: $0.name, version: $0.version, sha256: $0.hash) })
        var seen: Set<String> = []
        var pending = Array(inputs.keys)
        while let table = pending.popLast() {
            guard seen.insert(table).inserted, let record = try context.snapshots.newest(table)?.lastCommit.record else { continue }
            found.formUnion(record.plugins.map { UsedPlugin(name: $0.name, version: $0.version, sha256: $0.hash) })
            pending += record.inputs.keys
        }
        if case .plugin(let fit) = model.classifier, let code = context.workspace.plugins.model(fit.identity) {
            found.insert(UsedPlugin(name: code.plugin, version: code.version, sha256: code.hash))
        }
        return found.sorted { ($0.name, $0.sha256) < ($1.name, $1.sha256) }
    }
}
