import Columnar
import Language

/// What rows a stream holds of each key: a digest of them in their order.
struct KeyedRows {
    private var digests: [[Value]: [Int64: RowDigest]] = [:]

    /// Reads the rows of `stream`; throws `Obstacle` where a row has no time.
    mutating func read(_ stream: any RecordBatchStream, key: Key) throws {
        let reader = KeyReader(key, in: stream.schema)
        while let batch = try stream.next() {
            let times = try reader.times(of: batch)
            let rows = RowDigest.of(batch)
            reader.forEachEntity(in: batch) { entity, range in
                var ofEntity = digests.removeValue(forKey: entity) ?? [:]
                for row in range { ofEntity[times[row], default: RowDigest()].add(rows[row]) }
                digests[entity] = ofEntity
            }
        }
    }

    /// Where the rows of a key are not the same: runs of such keys, joined where at most `gap` others lie between.
    func changes(since earlier: KeyedRows, gap: Int) -> EntityRanges {
        var changes = EntityRanges()
        for entity in Set(digests.keys).union(earlier.digests.keys) {
            let (now, before) = (digests[entity] ?? [:], earlier.digests[entity] ?? [:])
            let times = Set(now.keys).union(before.keys).sorted()
            var run: (first: Int, last: Int)?
            for (place, time) in times.enumerated() where now[time] != before[time] {
                if let open = run, place - open.last - 1 <= gap {
                    run = (open.first, place)
                } else {
                    if let run { changes.add(times[run.first]...times[run.last], of: entity) }
                    run = (place, place)
                }
            }
            if let run { changes.add(times[run.first]...times[run.last], of: entity) }
        }
        return changes
    }
}
