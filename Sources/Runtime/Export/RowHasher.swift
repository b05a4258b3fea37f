import Columnar
import Crypto
import Foundation

/// Hashes each column of rows that come in the order of their key; where the stream is cut into batches makes no difference.
struct RowHasher {
    private let schema: Schema
    private let keyPlaces: [Int]
    private var columns: [ColumnHasher]
    private var rowCount = 0
    /// The rows so far with the key that came last: more may follow in the next batch.
    private var pending: [RecordBatch] = []

    init(schema: Schema, key: [String]) {
        self.schema = schema
        keyPlaces = key.compactMap { schema.index(of: $0) }
        columns = schema.fields.map { ColumnHasher(type: $0.type) }
    }

    mutating func update(_ batch: RecordBatch) {
        rowCount += batch.count
        var start = 0
        if let last = pending.last, sameKey(last, last.count - 1, batch, 0) {
            start = firstRow(of: batch, after: 0)
            pending.append(batch.slice(0..<start))
            if start == batch.count { return }
        }
        takePending()
        // Rows that are alone with their key are hashed together.
        var single = start
        while start < batch.count {
            let end = firstRow(of: batch, after: start)
            if end == batch.count {
                take(batch.slice(single..<start))
                pending = [batch.slice(start..<end)]
            } else if end - start > 1 {
                take(batch.slice(single..<start))
                take(group: [batch.slice(start..<end)])
                single = end
            }
            start = end
        }
    }

    mutating func finish() -> TableDigest {
        takePending()
        let hashed = zip(schema.fields, columns).map { field, hasher in
            TableDigest.Column(name: field.name, type: field.type, sha256: hasher.finish())
        }
        let text = hashed.map { "\($0.name.utf8.count) \($0.name) \($0.type.rawValue) \($0.sha256)\n" }.joined()
        return TableDigest(rowCount: rowCount, columns: hashed, sha256: Hexadecimal.sha256(Data("\(rowCount)\n\(text)".utf8)))
    }

    // MARK: Rows with one key

    /// The first row behind `row` with another key.
    private func firstRow(of batch: RecordBatch, after row: Int) -> Int {
        var next = row + 1
        while next < batch.count, sameKey(batch, next - 1, batch, next) { next += 1 }
        return next
    }

    private func sameKey(_ left: RecordBatch, _ row: Int, _ right: RecordBatch, _ other: Int) -> Bool {
        // The last part, the time, differs most often.
        for place in keyPlaces.reversed() where !left.columns[place].holdsSame(at: row, as: right.columns[place], at: other) {
            return false
        }
        return true
    }

    private mutating func takePending() {
        take(group: pending)
        pending = []
    }

    private mutating func take(_ batch: RecordBatch) {
        guard batch.count > 0 else { return }
        for place in columns.indices { columns[place].update(batch.columns[place]) }
    }

    /// Rows with one key, in the order of their bytes.
    private mutating func take(group: [RecordBatch]) {
        guard group.count > 1 || group.first?.count ?? 0 > 1 else {
            if let only = group.first { take(only) }
            return
        }
        let rows = group.flatMap { batch in (0..<batch.count).map { (batch, $0) } }
        let sorted = rows.map { batch, row in (bytes: ColumnHasher.bytes(of: batch, row), batch: batch, row: row) }
            .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        for (_, batch, row) in sorted { take(batch.slice(row..<row + 1)) }
    }
}

extension Column {
    /// Whether two values are the same bits, nulls being the same.
    fileprivate func holdsSame(at row: Int, as other: Column, at otherRow: Int) -> Bool {
        let (isNull, otherIsNull) = (isNull(row), other.isNull(otherRow))
        if isNull || otherIsNull { return isNull && otherIsNull }
        switch type {
        case .int, .timestamp, .double: return ints[row] == other.ints[otherRow]
        case .date: return elements(as: Int32.self)[row] == other.elements(as: Int32.self)[otherRow]
        case .bool: return bool(row) == other.bool(otherRow)
        case .string: return bytes(row).elementsEqual(other.bytes(otherRow))
        }
    }
}
