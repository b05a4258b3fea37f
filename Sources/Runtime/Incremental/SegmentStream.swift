import Columnar
import Language

/// Of a stream sorted by key, the rows that changed ones reach through windows, and the rows those windows need.
///
/// A changed row reaches `lookBack` rows after it and `lookAhead` rows before it: these are marked as due. Their own windows need
/// as many rows again on either side. Rows that follow each other without a gap make a segment; windows must not run from one into the
/// next, so two columns are added: the segment's number, and whether a row is due.
final class SegmentStream: RecordBatchStream {
    static let segmentColumn = "__segment"
    static let dueColumn = "__due"

    let schema: Schema
    /// Where rows are due, with the changed ranges themselves.
    private(set) var due: EntityRanges
    /// Entities whose rows did not go back, or did not go on, as far as windows need.
    private(set) var shortBefore: Set<[Value]> = []
    private(set) var shortAfter: Set<[Value]> = []

    private(set) var rowsRead = 0

    private let input: any RecordBatchStream
    private let reader: KeyReader
    private let changes: EntityRanges
    private let lookBack: Int
    private let lookAhead: Int
    private var entity: EntityRows?
    private var segment: Int64 = 0
    private var ready: [RecordBatch] = []
    private var isFinished = false

    init(input: any RecordBatchStream, key: Key, changes: EntityRanges, lookBack: Int, lookAhead: Int) {
        self.input = input
        schema = Schema(input.schema.fields + [Field(Self.segmentColumn, .int), Field(Self.dueColumn, .int)])
        reader = KeyReader(key, in: input.schema)
        self.changes = changes
        self.lookBack = lookBack
        self.lookAhead = lookAhead
        due = changes
    }

    func next() throws -> RecordBatch? {
        while ready.isEmpty, !isFinished {
            guard let batch = try input.next() else {
                isFinished = true
                finishEntity()
                break
            }
            try accept(batch)
        }
        return ready.isEmpty ? nil : ready.removeFirst()
    }

    private func accept(_ batch: RecordBatch) throws {
        rowsRead += batch.count
        let times = try reader.times(of: batch)
        reader.forEachEntity(in: batch) { values, rows in
            if entity?.values != values {
                finishEntity()
                entity = EntityRows(values, changes: changes[values], lookBack: lookBack, lookAhead: lookAhead)
            }
            guard !entity!.changes.isEmpty else { return }
            entity!.append(batch.slice(rows), times: rows.map { times[$0] })
            emitKnown()
        }
    }

    private func finishEntity() {
        guard entity != nil, !entity!.changes.isEmpty else { return }
        entity!.end()
        emitKnown()
        for range in entity!.dueTimes { due.add(range, of: entity!.values) }
        if entity!.isShortBefore { shortBefore.insert(entity!.values) }
        if entity!.isShortAfter { shortAfter.insert(entity!.values) }
        entity = nil
    }

    private func emitKnown() {
        for piece in entity!.take() {
            if piece.startsSegment { segment += 1 }
            let segments = Column.repeating(segment, count: piece.rows.count)
            let due = Column.ints(piece.due)
            ready.append(RecordBatch(schema: schema, columns: piece.rows.columns + [segments, due], count: piece.rows.count))
        }
    }
}

extension Column {
    static func ints(_ values: [Int64]) -> Column {
        let buffer = Buffer(uninitializedByteCount: values.count * 8)
        buffer.typed(as: Int64.self).update(from: values, count: values.count)
        return Column(type: .int, count: values.count, validity: nil, values: buffer)
    }

    fileprivate static func repeating(_ value: Int64, count: Int) -> Column { ints(Array(repeating: value, count: count)) }
}
