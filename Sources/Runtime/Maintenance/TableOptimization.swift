import Columnar
import DeltaTable
package import Engine
import Foundation
import Language
import Planner

/// Writes the small files of a table anew as fewer, in one commit that changes no row: whoever read the table need not read it again.
package struct TableOptimization {
    package struct Outcome: Sendable, Hashable {
        /// Nil where there was nothing to merge.
        package var version: Int?
        package var before: Extent
        package var after: Extent
        package var partitionCount: Int
        /// Why files that are small were left alone.
        package var obstacle: String?
    }

    package struct Extent: Sendable, Hashable {
        package var files: Int
        package var bytes: Int
    }

    private let context: RunContext
    private let name: String
    private let limits: PartitionedWriter.Limits

    package init(context: RunContext, name: String, limits: PartitionedWriter.Limits = PartitionedWriter.Limits()) {
        self.context = context
        self.name = name
        self.limits = limits
    }

    package func run() throws -> Outcome {
        guard let snapshot = try context.snapshots.newest(name) else { throw RunFault.missingInput(table: name) }
        var outcome = Outcome(
            version: nil, before: Extent(snapshot), after: Extent(snapshot), partitionCount: Set(snapshot.files.map(\.partition)).count)
        let runs = FilePacking(snapshot, limits: limits).runs
        guard !runs.isEmpty else { return outcome }
        if name.hasSuffix(TableName.rejectsSuffix) {
            outcome.obstacle = "each holds the rejects of one source file, and goes when that file does"
            return outcome
        }
        if snapshot.keepsIngestionOrder, snapshot.mixesKeysAcrossPartitions {
            outcome.obstacle = "the order of its files is the order of ingestion, and rows with one key may lie in several partitions"
            return outcome
        }
        let files = try write(runs, snapshot)
        outcome.version = try commit(files, replacing: runs.flatMap(\.self), snapshot)
        outcome.after = Extent(try context.snapshots.newest(name)!)
        return outcome
    }

    // MARK: Writing

    /// The n-th runs of all partitions are written together: a writer would join two runs of one partition.
    private func write(_ runs: [[DataFile]], _ snapshot: Snapshot) throws -> [WrittenFile] {
        var rounds: [[[DataFile]]] = []
        var seen: [[Value]: Int] = [:]
        for run in runs {
            let round = seen[run[0].partition, default: 0]
            seen[run[0].partition] = round + 1
            if rounds.count == round { rounds.append([]) }
            rounds[round].append(run)
        }
        var files: [WrittenFile] = []
        do {
            for round in rounds { files += try writeRound(round, snapshot) }
            try checkRows(files, runs)
            return files
        } catch {
            delete(files)
            throw error
        }
    }

    private func writeRound(_ runs: [[DataFile]], _ snapshot: Snapshot) throws -> [WrittenFile] {
        let partitioning = snapshot.partitioning
        let writer = PartitionedWriter(
            schema: snapshot.schema, partition: partitioning, keys: snapshot.key?.columns ?? [],
            directory: context.workspace.tables.folder(of: name), engine: try context.provider.get().engine, isClustered: true,
            limits: limits
        ) { try PartitionPath.folder(columns: partitioning, values: $0) }
        do {
            for run in runs { try append(run, to: writer, snapshot) }
            return try writer.finish()
        } catch {
            writer.abandon()
            throw error
        }
    }

    private func append(_ run: [DataFile], to writer: PartitionedWriter, _ snapshot: Snapshot) throws {
        if snapshot.keepsIngestionOrder {
            for file in run { try append(rows(of: [file], [], snapshot), of: file, to: writer) }
        } else {
            try forEachBatch(of: rows(of: run, [.sort(snapshot.key!)], snapshot)) { try writer.append($0, source: nil) }
        }
    }

    /// Rows keep the mark of the source they came from.
    private func append(_ rows: any RecordBatchStream, of file: DataFile, to writer: PartitionedWriter) throws {
        var runs = file.sources[...]
        var left = runs.first?.rowCount ?? .max
        try forEachBatch(of: rows) { batch in
            var start = 0
            while start < batch.count {
                while left == 0 {
                    runs = runs.dropFirst()
                    left = runs.first?.rowCount ?? .max
                }
                let end = min(batch.count, left == .max ? batch.count : start + left)
                try writer.append(batch.slice(start..<end), source: runs.first?.source)
                if left != .max { left -= end - start }
                start = end
            }
        }
    }

    private func forEachBatch(of rows: any RecordBatchStream, _ body: (RecordBatch) throws -> Void) throws {
        while let batch = try rows.next() {
            try context.provider.checkCancellation()
            try body(batch)
        }
    }

    private func rows(of files: [DataFile], _ stages: [PlanStage], _ snapshot: Snapshot) throws -> any RecordBatchStream {
        try StoredRows(context: context, name: name, snapshot: snapshot).stream(of: files, stages)
    }

    private func checkRows(_ files: [WrittenFile], _ runs: [[DataFile]]) throws {
        let expected = runs.joined().reduce(0 as Int?) { total, file in total.flatMap { total in file.rowCount.map { total + $0 } } }
        let written = files.reduce(0) { $0 + $1.rowCount }
        guard let expected, expected != written else { return }
        throw MaintenanceFault.rowsLost(table: name, expected: expected, found: written)
    }

    // MARK: Publishing

    private func commit(_ files: [WrittenFile], replacing removed: [DataFile], _ snapshot: Snapshot) throws -> Int {
        var transaction = Transaction(
            operation: "OPTIMIZE", rule: .replaces(readVersion: snapshot.version), schema: snapshot.schema,
            partitioning: snapshot.partitioning)
        transaction.parameters = ["predicate": "[]"]
        transaction.adds = files
        transaction.removes = removed
        transaction.sortKey = snapshot.key?.columns ?? []
        transaction.changesData = false
        // A run compares itself with the last commit, whatever that did.
        transaction.record = snapshot.lastCommit.record
        do {
            switch try context.workspace.tables.table(name).commit(transaction, from: snapshot) {
            case .committed(let version), .alreadyCommitted(let version): return version
            }
        } catch {
            delete(files)
            throw error
        }
    }

    private func delete(_ files: [WrittenFile]) {
        let folder = context.workspace.tables.folder(of: name)
        for file in files { unlink(folder + "/" + file.path) }
    }
}

extension TableOptimization.Extent {
    init(_ snapshot: Snapshot) { self.init(files: snapshot.files.count, bytes: snapshot.files.reduce(0) { $0 + $1.byteCount }) }
}
