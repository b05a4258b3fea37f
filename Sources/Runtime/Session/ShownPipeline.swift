import DeltaTable
import Language
import Planner

/// What a shown pipeline meant and read, to tell later whether it would show the same again.
struct ShownPipeline: Sendable, Hashable {
    let definition: String
    let versions: [String: Int]
    /// Path, size and time of the files it read.
    let files: String

    init(_ pipeline: CheckedPipeline, _ context: RunContext) throws {
        let inputs = try InputTables.pinned(pipeline.tables, context)
        definition = try DefinitionHash.of(pipeline, reading: inputs, in: context.workspace)
        versions = inputs.mapValues(\.version)
        files = try DefinitionHash.identities(pipeline.files, context.workspace)
    }

    /// Why `pipeline` would show something else now; nil where it would not.
    func staleness(of pipeline: CheckedPipeline, _ context: RunContext) throws -> String? {
        let now = try ShownPipeline(pipeline, context)
        if now.definition != definition { return "\(Staleness.definitionChanged)" }
        if now.files != files { return "the files it reads changed" }
        let inputs = try InputTables.pinned(pipeline.tables, context)
        let plan = PipelinePlanner.plan(pipeline, showing: true)
        let advances = try Staleness.advances(recorded: versions, now: inputs, for: plan, in: context)
        return advances.isEmpty ? nil : "\(Staleness.inputsAdvanced(advances))"
    }
}
