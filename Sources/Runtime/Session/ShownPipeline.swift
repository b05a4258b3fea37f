import DeltaTable
import Language
import Planner

/// What a shown pipeline meant and read, to tell later whether it would show the same again.
struct ShownPipeline: Sendable, Hashable {
    let definition: String
    let versions: [String: Int]
    /// Path, size and time of the files it read.
    let files: String

    /// Nil where the statement shows nothing.
    init?(_ statement: CheckedStatement, _ context: RunContext) throws {
        guard let pipeline = statement.pipeline else { return nil }
        let inputs = try InputTables.pinned(pipeline.tables, context)
        definition = try DefinitionHash.of(pipeline, reading: inputs, in: context.workspace) + statement.manner
        versions = inputs.mapValues(\.version)
        files = try DefinitionHash.identities(pipeline.files, context.workspace)
    }

    /// Why `statement` would show something else now; nil where it would not.
    func staleness(of statement: CheckedStatement, _ context: RunContext) throws -> String? {
        guard let pipeline = statement.pipeline, let now = try ShownPipeline(statement, context) else { return nil }
        if now.definition != definition { return "\(Staleness.definitionChanged)" }
        if now.files != files { return "the files it reads changed" }
        let inputs = try InputTables.pinned(pipeline.tables, context)
        let plan = PipelinePlanner.plan(pipeline, showing: true)
        let advances = try Staleness.advances(recorded: versions, now: inputs, for: plan, in: context)
        return advances.isEmpty ? nil : "\(Staleness.inputsAdvanced(advances))"
    }
}

extension CheckedStatement {
    /// How the rows are shown, beside what they are.
    fileprivate var manner: String {
        switch kind {
        case .plot(let plot): " \(plot.chart) \(plot.title ?? "") \(plot.file?.path ?? "")"
        case .show(_, let format): " \(format?.rawValue ?? "")"
        default: ""
        }
    }
}
