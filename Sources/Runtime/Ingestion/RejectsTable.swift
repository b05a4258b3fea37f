import Columnar
import DeltaTable
import Engine
import Foundation
import Language

/// A row set aside: where it stood, as it stood, and the rule it broke.
struct RejectedRow {
    let file: String?
    let line: Int?
    let text: String
    let rule: String
}

/// The rows that one making of a table sets aside, on their way to `NAME__rejects`.
final class RejectsWriter {
    static let schema = TableShape.rejects.schema

    private(set) var count = 0
    /// One file or more per source file, so that a withdrawn file's rows go with it.
    private(set) var files: [WrittenFile] = []
    private let folder: String
    private let open: () throws -> PartitionedWriter

    /// `open` is called when rows come.
    init(folder: String, open: @escaping () throws -> PartitionedWriter) {
        self.folder = folder
        self.open = open
    }

    /// Adds rows of one source file, given by its content's hash.
    func add(_ rows: [RejectedRow], source: String?) throws {
        guard !rows.isEmpty else { return }
        var builders = Self.schema.fields.map { ColumnBuilder(type: $0.type, capacity: rows.count) }
        for row in rows {
            builders[0].append(row.file.map(Value.string) ?? .null)
            builders[1].append(row.line.map { .int(Int64($0)) } ?? .null)
            builders[2].append(.string(row.text))
            builders[3].append(.string(row.rule))
        }
        let columns = builders.indices.map { builders[$0].finish() }
        let writer = try open()
        do {
            try writer.append(RecordBatch(schema: Self.schema, columns: columns, count: rows.count), source: source)
            files += try writer.finish()
        } catch {
            writer.abandon()
            throw error
        }
        count += rows.count
    }

    /// The files belong to a committed version now.
    func release() { files = [] }

    func abandon() {
        for file in files { unlink(folder + "/" + file.path) }
    }
}

/// `NAME__rejects`: the rows of the present source files that did not become rows of NAME.
///
/// It is published before NAME, whose commit then says which version of it belongs to NAME's. That commit decides: where a run
/// ended between the two, or two ran at once, the table of rejects comes back to what was said.
struct RejectsTable {
    /// The version of a table that is not there.
    static let none = -1

    let context: RunContext
    let name: String

    private var rejectsName: String { name + TableName.rejectsSuffix }

    func writer() -> RejectsWriter {
        let folder = context.workspace.tables.folder(of: rejectsName)
        return RejectsWriter(folder: folder) { [context] in
            try WritableFolder.make(folder)
            var limits = PartitionedWriter.Limits()
            limits.threads = 1
            return PartitionedWriter(
                schema: RejectsWriter.schema, partition: [], keys: [], directory: folder, engine: try context.provider.get().engine,
                limits: limits
            ) { _ in "" }
        }
    }

    /// Makes the table, empty, where there is none, so that it can be read before anything is rejected.
    func makeIfMissing(record: CommitRecord) throws -> Int {
        if let version = try context.snapshots.newest(rejectsName)?.version { return version }
        return try commit([], [], nil, record)
    }

    /// Publishes new rejects and takes away those of files given by hash, or all; doing it twice changes nothing more. Returns the
    /// version that then belongs to NAME.
    func publish(_ files: [WrittenFile], replacing hashes: Set<String>?, record: CommitRecord) throws -> Int {
        guard let current = try context.snapshots.newest(rejectsName) else {
            return files.isEmpty ? Self.none : try commit(files, [], nil, record)
        }
        let removed = current.files.filter { file in hashes.map { hashes in file.sources.contains { hashes.contains($0.source) } } ?? true }
        guard !files.isEmpty || !removed.isEmpty else { return current.version }
        return try commit(files, removed, current, record)
    }

    /// Brings the table back to the version that belongs to `main`, a version of NAME. Another run may have made the next version of
    /// NAME meanwhile; then what belongs to that one counts.
    func follow(_ main: Snapshot?) throws {
        guard let main, let record = main.lastCommit.record, let wanted = record.rejectsVersion else { return }
        guard let current = try context.snapshots.newest(rejectsName), current.lastChange > wanted else { return }
        let kept = wanted == Self.none ? [] : try context.workspace.tables.table(rejectsName).snapshot(at: wanted)?.files ?? []
        let (keptPaths, currentPaths) = (Set(kept.map(\.path)), Set(current.files.map(\.path)))
        guard keptPaths != currentPaths else { return }
        let missing = kept.filter { !currentPaths.contains($0.path) }.map(\.again)
        _ = try commit(missing, current.files.filter { !keptPaths.contains($0.path) }, current, record)
        let newest = try context.snapshots.newest(name)
        if newest?.version != main.version { try follow(newest) }
    }

    private func commit(_ files: [WrittenFile], _ removed: [DataFile], _ current: Snapshot?, _ record: CommitRecord) throws -> Int {
        var transaction = Transaction(
            operation: "WRITE", rule: .replaces(readVersion: current?.version), schema: RejectsWriter.schema, partitioning: [])
        transaction.adds = files
        transaction.removes = removed
        transaction.record = record
        switch try context.workspace.tables.table(rejectsName).commit(transaction, from: current) {
        case .committed(let version), .alreadyCommitted(let version): return version
        }
    }
}
