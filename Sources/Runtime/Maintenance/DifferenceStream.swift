package import Columnar
import Planner

/// Compares two streams sorted by key, row for row: a row with a new key came, one whose key is gone went, one that has its key and
/// another value changed.
///
/// Rows with one key are paired in their order after equal ones are set aside, since a table need not have unique keys.
package final class DifferenceStream: RecordBatchStream {
    package struct Counts: Sendable, Hashable {
        package var added = 0
        package var removed = 0
        package var changed = 0
    }

    package let schema: Schema
    package private(set) var counts = Counts()

    private let old: SortedRows
    private let new: SortedRows
    private let keys: [String]
    private let others: [String]
    private let hasKey: Bool
    private var builders: [ColumnBuilder] = []
    private static let batchRows = 1024

    init(old: any RecordBatchStream, new: any RecordBatchStream, key: [String], hasKey: Bool) {
        self.old = SortedRows(old, key: key)
        self.new = SortedRows(new, key: key)
        self.hasKey = hasKey
        keys = key
        let fields = new.schema.fields + old.schema.fields.filter { new.schema.type(of: $0.name) == nil }
        others = hasKey ? fields.map(\.name).filter { !key.contains($0) } : []
        let shown = key.map { Field($0, new.schema.type(of: $0)!) }
        schema = Schema(
            [Field("change", .string)] + shown
                + (hasKey ? ["column", "old", "new"].filter { !key.contains($0) }.map { Field($0, .string) } : []))
    }

    package func next() throws -> RecordBatch? {
        builders = schema.fields.map { ColumnBuilder(type: $0.type) }
        while builders[0].count < Self.batchRows {
            guard let order = try order() else { break }
            if order < 0 {
                for row in try old.takeGroup() { remove(row) }
            } else if order > 0 {
                for row in try new.takeGroup() { add(row) }
            } else {
                compare(try old.takeGroup(), try new.takeGroup())
            }
        }
        guard let count = builders.first?.count, count > 0 else { return nil }
        return RecordBatch(schema: schema, columns: builders.indices.map { builders[$0].finish() }, count: count)
    }

    /// Whether the next key of the old rows comes before, with or after that of the new ones; nil when there are no more.
    private func order() throws -> Int? {
        switch (try old.key(), try new.key()) {
        case (nil, nil): nil
        case (_?, nil): -1
        case (nil, _?): 1
        case (let old?, let new?): SortedRows.order(old, new)
        }
    }

    private func compare(_ old: [SortedRows.Row], _ new: [SortedRows.Row]) {
        var gone = old
        var come: [SortedRows.Row] = []
        for row in new {
            if let same = gone.firstIndex(where: { isSame($0, row) }) { gone.remove(at: same) } else { come.append(row) }
        }
        let pairs = min(gone.count, come.count)
        for (old, new) in zip(gone, come) { change(old, new) }
        for row in gone.dropFirst(pairs) { remove(row) }
        for row in come.dropFirst(pairs) { add(row) }
    }

    private func isSame(_ old: SortedRows.Row, _ new: SortedRows.Row) -> Bool { others.allSatisfy { old[$0].hasBits(of: new[$0]) } }

    // MARK: Output

    private func add(_ row: SortedRows.Row) {
        counts.added += 1
        emit("added", row, column: .null, old: .null, new: .string(text(of: row)))
    }

    private func remove(_ row: SortedRows.Row) {
        counts.removed += 1
        emit("removed", row, column: .null, old: .string(text(of: row)), new: .null)
    }

    private func change(_ old: SortedRows.Row, _ new: SortedRows.Row) {
        counts.changed += 1
        for column in others where !old[column].hasBits(of: new[column]) {
            emit("changed", new, column: .string(column), old: old[column].asText, new: new[column].asText)
        }
    }

    private func emit(_ change: String, _ row: SortedRows.Row, column: Value, old: Value, new: Value) {
        let facts: [String: Value] = ["column": column, "old": old, "new": new]
        for (place, field) in schema.fields.enumerated() {
            if place == 0 {
                builders[place].append(.string(change))
            } else if place <= keys.count {
                builders[place].append(row[field.name])
            } else {
                builders[place].append(facts[field.name]!)
            }
        }
    }

    /// The columns beside the key, nulls left out.
    private func text(of row: SortedRows.Row) -> String {
        others.compactMap { name in row[name].isNull ? nil : "\(name)=\(row[name])" }.joined(separator: " ")
    }
}

extension Value {
    /// Equal to the last bit; null is null.
    fileprivate func hasBits(of other: Value) -> Bool {
        if case .double(let left) = self, case .double(let right) = other { return left.bitPattern == right.bitPattern }
        return self == other
    }

    fileprivate var asText: Value { isNull ? .null : .string(description) }
}

/// Rows of a stream sorted by key, taken key by key.
final class SortedRows {
    /// One row, by column name; a column it lacks is null.
    struct Row {
        let batch: RecordBatch
        let row: Int

        subscript(name: String) -> Value { batch.column(name).map { $0[row] } ?? .null }
    }

    private let stream: any RecordBatchStream
    private let keyColumns: [Int]
    private var batch: RecordBatch?
    private var row = 0
    private var current: [Value]?

    init(_ stream: any RecordBatchStream, key: [String]) {
        self.stream = stream
        keyColumns = key.map { stream.schema.index(of: $0)! }
    }

    /// The key of the next row; nil at the end.
    func key() throws -> [Value]? {
        if let current { return current }
        while batch.map({ row >= $0.count }) ?? true {
            guard let next = try stream.next() else { return nil }
            (batch, row) = (next, 0)
        }
        current = keyColumns.map { batch!.columns[$0][row] }
        return current
    }

    /// All rows with the next key.
    func takeGroup() throws -> [Row] {
        guard let first = try key() else { return [] }
        var rows: [Row] = []
        while let key = try key(), Self.order(key, first) == 0 {
            rows.append(Row(batch: batch!, row: row))
            row += 1
            current = nil
        }
        return rows
    }

    /// Nulls come last.
    static func order(_ left: [Value], _ right: [Value]) -> Int {
        for (left, right) in zip(left, right) {
            let order = left.isNull || right.isNull ? (left.isNull ? 1 : 0) - (right.isNull ? 1 : 0) : compareValues(left, right) ?? 0
            if order != 0 { return order }
        }
        return 0
    }
}
