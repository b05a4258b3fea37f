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
    let plan: PipelinePlan
    let current: Snapshot?
    let inputs: [String: Snapshot]
    let definitionHash: String
    /// For a table of files: what is to be ingested.
    let ingestion: IngestionPlan?
    /// What happened to the source table since it was read last, where only that asks for new rows.
    let change: InputChanges?
    /// Nil when the table is as it should be.
    let staleness: Staleness?

    init(name: String, pipeline: CheckedPipeline, context: RunContext, fullRefresh: Bool) throws {
        self.name = name
        self.pipeline = pipeline
        plan = PipelinePlanner.plan(pipeline)
        let plan = plan
        current = try context.snapshots.newest(name)
        inputs = try InputTables.pinned(pipeline.tables, context)
        definitionHash = try DefinitionHash.of(pipeline, reading: inputs, in: context.workspace)
        let record = current?.lastCommit.record
        let definitionHolds = record?.definitionHash == definitionHash
        let takesAll = !definitionHolds || fullRefresh || current?.tellsSources == false
        ingestion = try pipeline.fileSource.map { source in
            let files: [SourceFile]
            do throws(SourceFault) {
                files = try SourceFiles(workspace: context.workspace).matching(source.glob)
            } catch {
                throw RunFault.mistakes([Diagnostic(.check(.source(error)), at: pipeline.source.span)])
            }
            return try IngestionPlan(
                files: files, ingested: record?.ingestedFiles ?? [],
                ingestsAll: takesAll,
                isRowWise: plan.isRowWise)
        }
        var advances = try Staleness.advances(recorded: record?.inputs ?? [:], now: inputs, for: plan, in: context)
        let change = definitionHolds && !fullRefresh ? try Self.change(of: inputs, advances, plan, context) : nil
        if let change, change.isEmpty { advances = [:] }
        self.change = change
        staleness = Self.staleness(
            current: current, definitionHolds: definitionHolds, fullRefresh: fullRefresh, advances: advances, ingestion: ingestion)
    }

    /// Nil where more than rows of the source table has changed, or its log no longer says what.
    private static func change(
        of inputs: [String: Snapshot], _ advances: [String: Staleness.Advance], _ plan: PipelinePlan, _ context: RunContext
    ) throws -> InputChanges? {
        guard case .table(let scan) = plan.source, advances.count == 1, let advance = advances[scan.table], let from = advance.from,
            !plan.readsAgain(scan.table), let now = inputs[scan.table],
            let before = try? context.workspace.tables.table(scan.table).newestSnapshot(withRowsOf: from)
        else { return nil }
        let change = InputChanges(from: before, to: now, for: scan)
        // Files that are vacuumed cannot be compared.
        guard context.workspace.tables.table(scan.table).missing(change.removed).isEmpty else { return nil }
        return change.changesTypes(of: scan.columns) ? nil : change
    }

    /// From where the table's series can go on; nothing where no states were saved, or none of this plan.
    func savedStates(for plan: IncrementalPlan, in workspace: Workspace) -> SavedStates {
        guard let path = current?.lastCommit.record?.savedStates,
            let states = SavedStatesFile(root: workspace.tables.folder(of: name)).read(path)
        else { return SavedStates() }
        return states.fitting(plan.rest.compactMap { if case .series(let step, _) = $0 { step.calls.count } else { nil } })
    }

    /// Data files of the inputs that a making of all rows reads, and how many there are.
    var filesRead: (read: Int, present: Int) {
        let present = inputs.values.reduce(0) { $0 + $1.files.count }
        guard case .table(let scan) = plan.source, let snapshot = inputs[scan.table] else { return (present, present) }
        let leftOut = snapshot.files.count { !$0.mayHold(scan.pruning, partitioning: snapshot.partitioning) }
        return (present - leftOut, present)
    }

    /// By column, a hash of what its values are made of.
    var columnMeanings: [String: String] {
        Dictionary(uniqueKeysWithValues: pipeline.shape.names.map { ($0, String(DefinitionHash.of(plan.meaning(of: $0)).prefix(16))) })
    }

    /// Of a table made anew because its definition changed, the columns whose values can't have; nil where inputs changed as well.
    var unchangedColumns: [String]? {
        guard staleness == .definitionChanged, pipeline.sideFiles.isEmpty, let current, let record = current.lastCommit.record,
            record.inputs == inputs.mapValues(\.version), ingestion?.changesNothing ?? true
        else { return nil }
        let meanings = columnMeanings
        return current.schema.names.filter { meanings[$0] != nil && meanings[$0] == record.columnMeanings[$0] }
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
    private static let semantics = "tickbook-3"

    static func of(_ pipeline: CheckedPipeline, reading inputs: [String: Snapshot], in workspace: Workspace) throws -> String {
        let parts = [pipeline.definition, layout(pipeline.shape), identities(inputs), try identities(pipeline.sideFiles, workspace)]
        return of(parts.joined(separator: "\n"))
    }

    static func of(_ model: CheckedModel, reading inputs: [String: Snapshot], in workspace: Workspace) throws -> String {
        of([model.definition, identities(inputs), try identities(model.pipeline.files, workspace)].joined(separator: "\n"))
    }

    /// Of what a model reads and makes its features of, whatever is fitted to them.
    static func ofFeatures(of model: CheckedModel, reading inputs: [String: Snapshot], in workspace: Workspace) throws -> String {
        of([model.inputDefinition, identities(inputs), try identities(model.pipeline.files, workspace)].joined(separator: "\n"))
    }

    /// A table deleted and made again counts its versions from 0 again; its id tells it from the one that was read. Its key, which
    /// windows and order go by, is no column's meaning.
    private static func identities(_ inputs: [String: Snapshot]) -> String {
        inputs.sorted { $0.key < $1.key }.map { name, snapshot in
            "\(name)=\(snapshot.metadata.id) key(\(snapshot.key?.columns.joined(separator: ", ") ?? ""))"
        }.joined(separator: " ")
    }

    /// Files that are read but not ingested have no version; another size or time means another content.
    static func identities(_ sources: [FileSource], _ workspace: Workspace) throws -> String {
        try sources.flatMap { try SourceFiles(workspace: workspace).matching($0.glob) }
            .map { "\($0.path) \($0.byteCount) \($0.modified)" }.joined(separator: "\n")
    }

    static func of(_ text: String) -> String {
        SHA256.hash(data: Data((semantics + "\n" + text).utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func layout(_ shape: TableShape) -> String {
        shape.partitioning.map { "\($0.name)=\($0.part?.rawValue ?? "value")(\($0.source))" }.joined(separator: " ")
    }
}
