import Columnar

/// Of consecutive rows with one key, the last; the input is sorted by key.
final class LatestStream: RecordBatchStream {
    let schema: Schema
    private let input: any RecordBatchStream
    private let keys: [Int]
    /// The last row so far: whether it is the last of its key shows only with the next batch.
    private var held: RecordBatch?

    init(input: any RecordBatchStream, key: [String]) {
        self.input = input
        schema = input.schema
        keys = key.map { input.schema.index(of: $0)! }
    }

    func next() throws -> RecordBatch? {
        while true {
            guard let batch = try input.next() else {
                defer { held = nil }
                return held
            }
            let heldStays = held.map { !haveOneKey($0, 0, batch, 0) } ?? false
            let kept = lastRowsOfKeys(in: batch)
            let previous = held
            held = batch.slice(batch.count - 1..<batch.count)
            let pieces = (heldStays ? [previous!] : []) + kept.map(batch.slice)
            if let joined = RecordBatch.joining(pieces, schema: schema) { return joined }
        }
    }

    /// Runs of rows, the batch's last row left out, that the next row does not replace.
    private func lastRowsOfKeys(in batch: RecordBatch) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start = 0
        for row in 0..<batch.count - 1 where haveOneKey(batch, row, batch, row + 1) {
            if start < row { runs.append(start..<row) }
            start = row + 1
        }
        if start < batch.count - 1 { runs.append(start..<batch.count - 1) }
        return runs
    }

    private func haveOneKey(_ left: RecordBatch, _ leftRow: Int, _ right: RecordBatch, _ rightRow: Int) -> Bool {
        // The time, last in the key, differs soonest.
        keys.reversed().allSatisfy { left.columns[$0].equals(leftRow, right.columns[$0], rightRow) }
    }
}

extension Column {
    /// Whether two rows hold the same value; null equals null.
    func equals(_ row: Int, _ other: Column, _ otherRow: Int) -> Bool {
        let isNull = isNull(row)
        guard isNull == other.isNull(otherRow) else { return false }
        if isNull { return true }
        switch type {
        case .int, .timestamp: return ints[row] == other.ints[otherRow]
        case .double: return doubles[row] == other.doubles[otherRow]
        case .date: return elements(as: Int32.self)[row] == other.elements(as: Int32.self)[otherRow]
        case .bool: return bool(row) == other.bool(otherRow)
        case .string: return bytes(row).elementsEqual(other.bytes(otherRow))
        }
    }
}

extension RecordBatch {
    /// The rows that meet a condition, without a copy where they follow each other; nil when none does.
    func keeping(where isKept: (Int) -> Bool) -> RecordBatch? {
        var runs: [Range<Int>] = []
        for row in 0..<count where isKept(row) {
            if let last = runs.last, last.upperBound == row {
                runs[runs.count - 1] = last.lowerBound..<row + 1
            } else {
                runs.append(row..<row + 1)
            }
        }
        return RecordBatch.joining(runs.map(slice), schema: schema)
    }

    /// One batch of all rows of `pieces`, without a copy when there is only one; nil when there is none.
    static func joining(_ pieces: [RecordBatch], schema: Schema) -> RecordBatch? {
        guard pieces.count > 1 else { return pieces.first }
        let columns = schema.fields.indices.map { index in
            var builder = ColumnBuilder(type: schema.fields[index].type, capacity: pieces.reduce(0) { $0 + $1.count })
            for piece in pieces { builder.append(piece.columns[index], 0..<piece.count) }
            return builder.finish()
        }
        return RecordBatch(schema: schema, columns: columns, count: columns[0].count)
    }
}
