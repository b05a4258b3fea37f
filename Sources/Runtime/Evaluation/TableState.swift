import Columnar
import Crypto
import DeltaTable
import Foundation
import Language
import Planner

/// What a table is, what it should be made of, and whether the two agree.
struct TableState {
    let name: String
    let pipeline: CheckedPipeline
    let current: Snapshot?
    let inputs: [String: Snapshot]
    let definitionHash: String
    /// For a table of files: what is to be ingested.
    let ingestion: IngestionPlan?
    /// Nil when the table is as it should be.
    let staleness: Staleness?

    init(name: String, pipeline: CheckedPipeline, context: RunContext, fullRefresh: Bool) throws {
        self.name = name
        self.pipeline = pipeline
        current = try context.snapshots.newest(name)
        inputs = try InputTables.pinned(pipeline.tables, context)
        definitionHash = try DefinitionHash.of(pipeline, reading: inputs, in: context.workspace)
        let record = current?.lastCommit.record
        let definitionHolds = record?.definitionHash == definitionHash
        ingestion = try pipeline.fileSource.map { source in
            let files: [SourceFile]
            do throws(SourceFault) {
                files = try SourceFiles(workspace: context.workspace).matching(source.glob)
            } catch {
                throw RunFault.mistakes([Diagnostic(.check(.source(error)), at: pipeline.source.span)])
            }
            return try IngestionPlan(
                files: files, ingested: record?.ingestedFiles ?? [], ingestsAll: !definitionHolds || fullRefresh,
                isRowWise: PipelinePlanner.plan(pipeline).isRowWise)
        }
        staleness = Self.staleness(
            current: current, definitionHolds: definitionHolds, fullRefresh: fullRefresh,
            advances: Staleness.advances(recorded: record?.inputs ?? [:], now: inputs.mapValues(\.version)), ingestion: ingestion)
    }

    private static func staleness(
        current: Snapshot?, definitionHolds: Bool, fullRefresh: Bool, advances: [String: Staleness.Advance], ingestion: IngestionPlan?
    ) -> Staleness? {
        guard current != nil else { return .neverMade }
        if fullRefresh { return .fullRefresh }
        if !definitionHolds { return .definitionChanged }
        if !advances.isEmpty { return .inputsAdvanced(advances) }
        guard let ingestion, !ingestion.changesNothing else { return nil }
        return .files(new: ingestion.newCount, replaced: ingestion.replacedCount, withdrawn: ingestion.withdrawn.count)
    }
}

extension Staleness {
    /// Inputs whose newest version is not the one recorded.
    static func advances(recorded: [String: Int], now: [String: Int]) -> [String: Advance] {
        var advances: [String: Advance] = [:]
        for (name, version) in now where recorded[name] != version { advances[name] = Advance(from: recorded[name], to: version) }
        return advances
    }
}

/// The input tables of a statement at the versions it is going to read.
enum InputTables {
    static func pinned(_ names: Set<String>, _ context: RunContext) throws -> [String: Snapshot] {
        var inputs: [String: Snapshot] = [:]
        for name in names {
            guard let snapshot = try context.snapshots.newest(name) else { throw RunFault.missingInput(table: name) }
            inputs[name] = snapshot
        }
        return inputs
    }
}

/// SHA-256 of what a statement means and of which tables it means it.
enum DefinitionHash {
    /// Raised when the same definition comes to give other values.
    private static let semantics = "tickbook-1"

    static func of(_ pipeline: CheckedPipeline, reading inputs: [String: Snapshot], in workspace: Workspace) throws -> String {
        let parts = [pipeline.definition, layout(pipeline.shape), identities(inputs), try identities(pipeline.sideFiles, workspace)]
        return of(parts.joined(separator: "\n"))
    }

    static func of(_ model: CheckedModel, reading inputs: [String: Snapshot], in workspace: Workspace) throws -> String {
        of([model.definition, identities(inputs), try identities(model.pipeline.files, workspace)].joined(separator: "\n"))
    }

    /// A table deleted and made again counts its versions from 0 again; its id tells it from the one that was read.
    private static func identities(_ inputs: [String: Snapshot]) -> String {
        inputs.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.metadata.id)" }.joined(separator: " ")
    }

    /// Files that are read but not ingested have no version; another size or time means another content.
    private static func identities(_ sources: [FileSource], _ workspace: Workspace) throws -> String {
        try sources.flatMap { try SourceFiles(workspace: workspace).matching($0.glob) }
            .map { "\($0.path) \($0.byteCount) \($0.modified)" }.joined(separator: "\n")
    }

    private static func of(_ text: String) -> String {
        SHA256.hash(data: Data((semantics + "\n" + text).utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func layout(_ shape: TableShape) -> String {
        shape.partitioning.map { "\($0.name)=\($0.part?.rawValue ?? "value")(\($0.source))" }.joined(separator: " ")
    }
}
