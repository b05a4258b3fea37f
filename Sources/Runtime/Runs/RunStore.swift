import Engine
import Foundation

/// The records of a workspace's runs: `data/_runs/<id>.json`.
package struct RunStore: Sendable {
    package let folder: String
    /// Older ones go, so that a notebook run every minute doesn't fill the folder.
    private static let kept = 1_000

    package init(workspace: Workspace) { folder = workspace.dataFolder + "/_runs" }

    /// All that can be read, the newest first.
    package func list() -> [RunRecord] { ids.reversed().compactMap { try? read($0) } }

    /// The newest where `id` is nil; else the one whose id begins so, if it is the only one.
    package func find(_ id: String?) throws -> RunRecord {
        let ids = ids
        guard let id else {
            guard let newest = ids.last else { throw RunStoreFault.none }
            return try read(newest)
        }
        let found = ids.filter { $0.hasPrefix(id) }
        guard found.count == 1 else { throw found.isEmpty ? RunStoreFault.unknown(id) : .ambiguous(id, found) }
        return try read(found[0])
    }

    /// Replaces the record as a whole.
    func write(_ record: RunRecord) throws {
        try WritableFolder.make(folder)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let isNew = !FileManager.default.fileExists(atPath: path(record.id))
        try (encoder.encode(record) + Data("\n".utf8)).write(to: URL(fileURLWithPath: path(record.id)), options: .atomic)
        if isNew { for id in ids.dropLast(Self.kept) { unlink(path(id)) } }
    }

    /// Notes that a run which still says it is running is not.
    package func settle(_ id: String) {
        guard var record = try? read(id), record.outcome == .running || record.outcome == .died else { return }
        record.outcome = .died
        try? write(record)
    }

    private var ids: [String] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return entries.filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }.map { String($0.dropLast(5)) }.sorted()
    }

    private func read(_ id: String) throws -> RunRecord {
        guard let data = FileManager.default.contents(atPath: path(id)) else { throw RunStoreFault.unknown(id) }
        do {
            return try JSONDecoder().decode(RunRecord.self, from: data).settled
        } catch {
            throw RunStoreFault.damaged(path(id))
        }
    }

    private func path(_ id: String) -> String { "\(folder)/\(id).json" }
}

package enum RunStoreFault: Error, CustomStringConvertible {
    case none
    case unknown(String)
    case ambiguous(String, [String])
    case damaged(String)

    package var description: String {
        switch self {
        case .none: "There are no runs yet; run a notebook: tickbook run NOTEBOOK"
        case .unknown(let id): "There is no run '\(id)'; tickbook runs list shows those there are."
        case .ambiguous(let id, let found):
            "'\(id)' begins \(found.count) runs: \(found.prefix(5).joined(separator: ", ")); give more of it."
        case .damaged(let path): "\(path) is no record of a run; delete it."
        }
    }
}
