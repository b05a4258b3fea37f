import Columnar

/// Rows of one partition that wait for a file.
final class PartitionBuffer {
    let values: [Value]
    /// The partition's place in order of first arrival.
    let ordinal: Int
    private(set) var rowCount = 0
    private(set) var byteCount = 0
    private let schema: Schema
    private var pieces: [RecordBatch] = []
    private var gathered: [ColumnBuilder] = []
    private var sources: [SourceRun] = []

    init(schema: Schema, values: [Value], ordinal: Int) {
        self.schema = schema
        self.values = values
        self.ordinal = ordinal
    }

    /// Adds rows of `batch`; where `mayShare`, they stay in its memory, else they are copied.
    func append(_ batch: RecordBatch, _ rows: Range<Int>, source: String?, mayShare: Bool) {
        if mayShare {
            closePiece()
            pieces.append(batch.slice(rows))
        } else {
            if gathered.isEmpty { gathered = schema.fields.map { ColumnBuilder(type: $0.type) } }
            for index in gathered.indices { gathered[index].append(batch.columns[index], rows) }
        }
        rowCount += rows.count
        for column in batch.columns { byteCount += column.byteCount(of: rows) }
        if let source { note(source, rows.count) }
    }

    /// What waited, and starts anew; nil when nothing did.
    func take() -> FileContent? {
        guard rowCount > 0 else { return nil }
        closePiece()
        defer {
            (pieces, sources, rowCount, byteCount) = ([], [], 0, 0)
        }
        return FileContent(partition: values, batches: pieces, rowCount: rowCount, byteCount: byteCount, sources: sources)
    }

    private func closePiece() {
        guard let first = gathered.first, first.count > 0 else { return }
        let count = first.count
        let columns = gathered.indices.map { gathered[$0].finish() }
        pieces.append(RecordBatch(schema: schema, columns: columns, count: count))
    }

    private func note(_ source: String, _ count: Int) {
        if let last = sources.indices.last, sources[last].source == source {
            sources[last].rowCount += count
        } else {
            sources.append(SourceRun(source: source, rowCount: count))
        }
    }
}

/// The rows of one file to be.
struct FileContent: Sendable {
    let partition: [Value]
    let batches: [RecordBatch]
    let rowCount: Int
    /// In memory.
    let byteCount: Int
    let sources: [SourceRun]
}

extension Column {
    /// Bytes that the values of `rows` take, without their validity.
    fileprivate func byteCount(of rows: Range<Int>) -> Int {
        switch type {
        case .bool: return rows.count / 8 + 1
        case .string:
            let boundaries = offsets!.typed(as: Int32.self) + offset
            return Int(boundaries[rows.upperBound] - boundaries[rows.lowerBound]) + rows.count * 4
        default: return rows.count * type.byteWidth!
        }
    }
}
