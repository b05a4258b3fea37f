import Columnar
import DeltaTable
import Engine
import Language
import Planner

/// The last time of each entity, by the entity's values.
enum Watermark {
    /// Told by the statistics of the table's files; of a file with several entities they don't tell.
    static func of(_ files: [[String: ColumnStatistics]], key: Key?) -> [String: String] {
        guard let key else { return [:] }
        var last: [String: Value] = [:]
        for statistics in files {
            let entity = key.entity.map { statistics[$0] }
            guard entity.allSatisfy({ $0?.minimum != nil && $0?.minimum == $0?.maximum }), let time = statistics[key.time]?.maximum
            else { continue }
            let name = entity.map { $0!.minimum!.description }.joined(separator: " ")
            if let known = last[name], (compareValues(known, time) ?? 0) >= 0 { continue }
            last[name] = time
        }
        return last.mapValues(\.description)
    }

    /// After `made` has replaced or joined the files of `current`.
    static func of(_ made: TableMaking.Made, after current: Snapshot?, key: Key?) -> [String: String] {
        let removed = Set(made.removes.map(\.path))
        let kept = (current?.files ?? []).filter { !removed.contains($0.path) }
        return of(kept.map(\.statistics) + made.files.map(\.statistics), key: key)
    }
}
