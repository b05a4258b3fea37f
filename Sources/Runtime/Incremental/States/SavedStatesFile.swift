import Columnar
import DeltaTable
import Engine
import Foundation

/// Saved states as a file below a table's folder, named by the commit whose rows they belong to.
///
/// It is a cache: a run that does not find it, or finds it damaged, starts from the first rows and comes to the same values.
struct SavedStatesFile {
    /// A table's folder.
    let root: String

    /// "tickbook states, form 1", then the hash of the rest.
    private static let mark: [UInt8] = Array("TKST0001".utf8)

    /// Writes the states, to last; returns the path below the table's folder.
    func write(_ states: SavedStates) throws -> String {
        let path = DeltaTable.statesFolder + "/" + UUID().uuidString.lowercased() + ".states"
        let content = Self.encoded(states)
        try WritableFolder.make(root + "/" + DeltaTable.statesFolder)
        do {
            try Data(content).write(to: URL(fileURLWithPath: root + "/" + path))
            try DurableFiles.sync([path], below: root)
        } catch {
            unlink(root + "/" + path)
            throw error
        }
        return path
    }

    /// Nil where the file is missing or damaged.
    func read(_ path: String) -> SavedStates? {
        guard let content = try? Data(contentsOf: URL(fileURLWithPath: root + "/" + path)) else { return nil }
        return Self.decoded([UInt8](content))
    }

    func delete(_ path: String) {
        unlink(root + "/" + path)
        rmdir(root + "/" + DeltaTable.statesFolder)
    }

    // MARK: Form

    static func encoded(_ states: SavedStates) -> [UInt8] {
        var body = ByteWriter()
        body.append(states.points.count)
        for (entity, points) in states.points {
            body.append(entity)
            body.append(points.count)
            for point in points {
                body.append(Int(point.time))
                body.append(point.steps.count)
                for calls in point.steps {
                    body.append(calls.count)
                    for state in calls { body.append(bytes: state) }
                }
            }
        }
        var file = ByteWriter()
        file.bytes += mark
        file.append(Int(truncatingIfNeeded: body.bytes.withUnsafeBytes(ContentHash.of(bytes:))))
        return file.bytes + body.bytes
    }

    static func decoded(_ content: [UInt8]) -> SavedStates? {
        guard content.starts(with: mark) else { return nil }
        var reader = ByteReader(content[mark.count...])
        guard let hash = reader.number(), hash == Int(truncatingIfNeeded: Array(reader.rest).withUnsafeBytes(ContentHash.of(bytes:)))
        else { return nil }
        var points: [[Value]: [SavedStates.Point]] = [:]
        guard let entityCount = reader.count() else { return nil }
        for _ in 0..<entityCount {
            guard let entity = reader.values(), let count = reader.count() else { return nil }
            points[entity] = (0..<count).compactMap { _ in point(&reader) }
            guard points[entity]!.count == count else { return nil }
        }
        return reader.rest.isEmpty ? SavedStates(points: points) : nil
    }

    private static func point(_ reader: inout ByteReader) -> SavedStates.Point? {
        guard let time = reader.number(), let stepCount = reader.count() else { return nil }
        var steps: [[[UInt8]]] = []
        for _ in 0..<stepCount {
            guard let calls = reader.count() else { return nil }
            steps.append((0..<calls).compactMap { _ in reader.bytes() })
            guard steps.last!.count == calls else { return nil }
        }
        return SavedStates.Point(time: Int64(time), steps: steps)
    }
}
