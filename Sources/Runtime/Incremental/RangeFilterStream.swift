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
            let isInside = isInside(batch)
            if let kept = batch.keeping(where: { isInside[$0] == (side == .inside) }) { return kept }
        }
        return nil
    }

    private func isInside(_ batch: RecordBatch) -> [Bool] {
        let times = reader.knownTimes(of: batch)
        var isInside = [Bool](repeating: false, count: batch.count)
        reader.forEachEntity(in: batch) { entity, rows in
            let ranges = ranges[entity]
            for row in rows { isInside[row] = reader.hasTime(batch, row) && EntityRanges.contains(times[row], in: ranges) }
        }
        return isInside
    }
}
