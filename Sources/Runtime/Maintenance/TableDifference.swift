import Columnar
import DeltaTable
import Language
import Planner

/// What rows came, went and changed between two versions of a table. Only files that are not in both are read.
package struct TableDifference {
    private let context: RunContext
    private let name: String
    private let before: Snapshot
    private let after: Snapshot

    /// `newer` is the newest version where it is nil.
    package init(context: RunContext, name: String, older: Int, newer: Int?) throws {
        self.context = context
        self.name = name
        let table = context.tables.table(name)
        guard let before = try table.snapshot(at: older), let after = try table.snapshot(at: newer) else {
            throw RunFault.missingInput(table: name)
        }
        (self.before, self.after) = (before, after)
    }

    package var versions: (older: Int, newer: Int) { (before.version, after.version) }

    /// Columns that only one of the versions has, or has with another type, in words.
    package var columnChanges: [String] {
        let gone = before.schema.fields.filter { after.schema.type(of: $0.name) == nil }.map { "−\($0.name)" }
        let come = after.schema.fields.filter { before.schema.type(of: $0.name) == nil }.map { "+\($0.name)" }
        let other = after.schema.fields.compactMap { field -> String? in
            guard let type = before.schema.type(of: field.name), type != field.type else { return nil }
            return "~\(field.name) (\(type.rawValue) → \(field.type.rawValue))"
        }
        return come + gone + other
    }

    /// One row per row that came or went, one per value that changed.
    package func rows() throws -> DifferenceStream {
        let (old, new) = (Set(before.files.map(\.key)), Set(after.files.map(\.key)))
        let removed = before.files.filter { !new.contains($0.key) }
        let added = after.files.filter { !old.contains($0.key) }
        let key = try comparedBy()
        return DifferenceStream(
            old: try sorted(removed, of: before, key), new: try sorted(added, of: after, key), key: key.columns,
            hasKey: after.key != nil)
    }

    private func sorted(_ files: [DataFile], of snapshot: Snapshot, _ key: Key) throws -> any RecordBatchStream {
        try StoredRows(context: context, name: name, snapshot: snapshot).stream(of: files, [.sort(key)])
    }

    /// The newer version's key; without one, all columns, so that rows are either equal or different.
    private func comparedBy() throws -> Key {
        let names = after.key?.columns ?? after.schema.names
        for name in names {
            guard let type = before.schema.type(of: name), type == after.schema.type(of: name) else {
                throw MaintenanceFault.incomparable(table: self.name, column: name, older: before.version, newer: after.version)
            }
        }
        return after.key ?? Key(entity: names.dropLast(), time: names.last!)
    }
}
