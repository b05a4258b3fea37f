import Columnar
import Language

/// The rows whose key lies within ranges, or those whose key does not.
final class RangeFilterStream: RecordBatchStream {
    enum Side { case inside, outside }

    let schema: Schema
    private let input: any RecordBatchStream
    private let reader: KeyReader
    private let ranges: EntityRanges
    private let side: Side

    /// A row without a time lies in no range.
    init(input: any RecordBatchStream, key: Key, ranges: EntityRanges, side: Side) {
        self.input = input
        schema = input.schema
        reader = KeyReader(key, in: schema)
        self.ranges = ranges
        self.side = side
    }

    func next() throws -> RecordBatch? {
        while let batch = try input.next() {
            let kept = keptRows(of: batch)
            if kept.count == 1, kept[0].count == batch.count { return batch }
            if let joined = RecordBatch.joining(kept.map(batch.slice), schema: schema) { return joined }
        }
        return nil
    }

    private func keptRows(of batch: RecordBatch) -> [Range<Int>] {
        var kept: [Range<Int>] = []
        let times = reader.knownTimes(of: batch)
        reader.forEachEntity(in: batch) { entity, rows in
            let ranges = ranges[entity]
            for row in rows
            where (reader.hasTime(batch, row) && EntityRanges.contains(times[row], in: ranges)) == (side == .inside) {
                if let last = kept.last, last.upperBound == row {
                    kept[kept.count - 1] = last.lowerBound..<row + 1
                } else {
                    kept.append(row..<row + 1)
                }
            }
        }
        return kept
    }
}
