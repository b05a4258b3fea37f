import Columnar
import DeltaTable
import Engine
import Foundation
import Planner

/// Reads every file of a table's newest version again and compares it with what the log says.
package struct TableVerification {
    package struct Outcome: Sendable, Hashable {
        package var version: Int?
        package var fileCount = 0
        package var byteCount = 0
        package var rowCount = 0
        /// Files whose writer left no hash: altered bytes that still make a file with the same statistics go unseen.
        package var unhashed = 0
        package var faults: [Fault] = []
    }

    /// What is wrong with one file, given by its path below the table's folder, or with the log.
    package struct Fault: Sendable, Hashable {
        package let place: String
        package let problem: String
    }

    private let context: RunContext
    private let name: String

    package init(context: RunContext, name: String) {
        self.context = context
        self.name = name
    }

    package func run() throws -> Outcome {
        var outcome = Outcome()
        let table = context.tables.table(name)
        outcome.faults = table.logFaults().map { Fault(place: "_delta_log", problem: $0) }
        let snapshot: Snapshot
        do {
            guard let newest = try table.snapshot() else { throw RunFault.missingInput(table: name) }
            snapshot = newest
        } catch let fault as DeltaFault {
            outcome.faults.append(Fault(place: "_delta_log", problem: "\(fault)"))
            return outcome
        }
        outcome.version = snapshot.version
        for file in snapshot.files {
            try context.provider.checkCancellation()
            outcome.fileCount += 1
            outcome.byteCount += file.byteCount
            outcome.rowCount += file.rowCount ?? 0
            if file.contentHash == nil { outcome.unhashed += 1 }
            outcome.faults += try problems(of: file, in: snapshot).map { Fault(place: file.path, problem: $0) }
        }
        return outcome
    }

    // MARK: One file

    private func problems(of file: DataFile, in snapshot: Snapshot) throws -> [String] {
        let path = context.tables.folder(of: name) + "/" + file.path
        var status = stat()
        guard stat(path, &status) == 0 else {
            return [errno == ENOENT ? "is missing" : "cannot be read: \(String(cString: strerror(errno)))"]
        }
        let size = Int(status.st_size)
        guard size == file.byteCount else {
            return ["\(size < file.byteCount ? "is truncated" : "has grown"): it has \(size) bytes where the log says \(file.byteCount)"]
        }
        if let hash = file.contentHash, try ContentHash.of(file: path) != hash {
            return ["was altered: its bytes are not those that were written"]
        }
        do {
            let batches = try StoredRows(context: context, name: name, snapshot: snapshot).stream(of: [file]).collect()
            return contentProblems(of: file, batches, snapshot)
        } catch EngineFault.statement(let message) {
            return ["is no readable Parquet file: \(EngineWords.firstLine(message))"]
        }
    }

    private func contentProblems(of file: DataFile, _ batches: [RecordBatch], _ snapshot: Snapshot) -> [String] {
        let rows = batches.reduce(0) { $0 + $1.count }
        if let expected = file.rowCount, expected != rows { return ["holds \(rows) rows where the log says \(expected)"] }
        var problems: [String] = []
        for (place, field) in snapshot.schema.fields.enumerated() {
            guard let logged = file.statistics[field.name] else { continue }
            if snapshot.partitioning.contains(where: { $0.name == field.name }) { continue }
            let found = ColumnStatistics(of: batches.map { $0.columns[place] })
            problems += logged.problems(of: field, found: found)
        }
        return problems + partitionProblems(of: file, batches, snapshot)
    }

    private func partitionProblems(of file: DataFile, _ batches: [RecordBatch], _ snapshot: Snapshot) -> [String] {
        let splitter = PartitionSplitter(schema: snapshot.schema, partition: snapshot.partitioning)
        var others: Set<[Value]> = []
        for batch in batches { splitter.forEachRun(of: batch) { values, _ in if values != file.partition { others.insert(values) } } }
        guard let other = others.first else { return [] }
        let words = zip(snapshot.partitioning, zip(other, file.partition)).filter { $1.0 != $1.1 }.map { column, values in
            "\(column.name) \(values.0) where the log says \(values.1)"
        }
        return ["holds rows of another partition: \(words.joined(separator: ", "))"]
    }
}

extension ColumnStatistics {
    /// How a column's statistics in the log differ from its values. Bounds of text and moments may be wider: writers shorten them.
    fileprivate func problems(of field: Field, found: ColumnStatistics) -> [String] {
        var problems: [String] = []
        if nullCount != found.nullCount {
            problems.append("column '\(field.name)' has \(found.nullCount) nulls where the log says \(nullCount)")
        }
        let mayBeWider = field.type == .string || field.type == .timestamp
        for (word, logged, actual, sign) in [("minimum", minimum, found.minimum, 1), ("maximum", maximum, found.maximum, -1)] {
            guard let logged else { continue }
            if mayBeWider, let actual, let order = compareValues(logged, actual), order * sign <= 0 { continue }
            if logged == actual { continue }
            problems.append("column '\(field.name)' has the \(word) \(actual ?? .null) where the log says \(logged)")
        }
        return problems
    }
}
