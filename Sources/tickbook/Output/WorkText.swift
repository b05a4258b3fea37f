import Columnar
import Runtime

/// What was made again, or would be, in words.
enum WorkText {
    /// `500 entities, 2013-03-04 – 2013-03-04; look-back 29 rows; reads 1,000 of 1,500 files; writes 500 partitions`.
    static func facts(_ work: TableWork, isForetold: Bool) -> [String] {
        var facts: [String] = []
        switch work.extent {
        case .nothing: return []
        case .whole(let reason): facts.append(reason.map { "all rows: \($0)" } ?? "all rows")
        case .changes(let entities, let rows):
            if entities == 0, rows ?? 0 == 0, work.filesReplaced == 0 { return ["no row differs"] }
            let words = entities == 0 ? nil : "\(entities.grouped) \(entities == 1 ? "entity" : "entities")"
            facts.append(
                [words.map { words in words + (times(work).map { " \($0)" } ?? "") }, rows.map { counted($0, "row") }]
                    .compactMap(\.self).joined(separator: ", "))
            if work.lookBack > 0 { facts.append("look-back \(counted(work.lookBack, "row"))") }
            if let resumed = work.entitiesResumed, entities > 0 { facts.append(resuming(resumed, of: entities)) }
            if work.lookAhead > 0 { facts.append("look-ahead \(counted(work.lookAhead, "row"))") }
        }
        if work.filesPresent > 0 {
            facts.append("\(isForetold ? "reads" : "read") \(work.filesRead.grouped) of \(counted(work.filesPresent, "file"))")
        }
        if work.partitionsWritten > 0 { facts.append("\(isForetold ? "writes" : "wrote") \(counted(work.partitionsWritten, "partition"))") }
        if work.filesReplaced > 0 { facts.append("\(isForetold ? "replaces" : "replaced") \(counted(work.filesReplaced, "file"))") }
        return facts
    }

    private static func resuming(_ resumed: Int, of entities: Int) -> String {
        switch resumed {
        case 0: "from the first row on"
        case entities: "from saved states on"
        default: "\(resumed.grouped) from saved states on, \((entities - resumed).grouped) from the first row on"
        }
    }

    private static func times(_ work: TableWork) -> String? {
        switch (work.first, work.last) {
        case (nil, nil): nil
        case (let first, let last) where first == last: "\(first!)"
        case (let first, let last): "\(first?.description ?? "start") – \(last?.description ?? "end")"
        }
    }

    /// The same as members of a JSON object.
    static func members(_ work: TableWork) -> [(String, String)] {
        var members: [(String, String)] = []
        switch work.extent {
        case .nothing: members.append(("extent", "\"nothing\""))
        case .whole(let reason):
            members.append(("extent", "\"whole\""))
            if let reason { members.append(("because", JSONText.quoted(reason))) }
        case .changes(let entities, let rows):
            members += [("extent", "\"changes\""), ("entities", "\(entities)")]
            if let rows { members.append(("rows", "\(rows)")) }
            members += [("first", work.first.map(JSONText.text) ?? "null"), ("last", work.last.map(JSONText.text) ?? "null")]
            members += [("look_back", "\(work.lookBack)"), ("look_ahead", "\(work.lookAhead)")]
            if let resumed = work.entitiesResumed { members.append(("entities_resumed", "\(resumed)")) }
        }
        members += [
            ("files_read", "\(work.filesRead)"), ("files_present", "\(work.filesPresent)"),
            ("partitions_written", "\(work.partitionsWritten)"), ("files_replaced", "\(work.filesReplaced)"),
        ]
        return members
    }
}
