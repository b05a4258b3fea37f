import Columnar
import Engine

extension Transaction {
    /// Throws where the transaction may not follow `current`, the newest version there is.
    func check(after current: Snapshot?, table: String) throws {
        try checkRule(current, table)
        guard let current else {
            guard removes.isEmpty else { throw DeltaFault.commit(table: table, problem: "it removes files of a table that does not exist") }
            return
        }
        try checkFiles(current, table)
        try checkMetadata(current, table)
    }

    private func checkRule(_ current: Snapshot?, _ table: String) throws {
        switch rule {
        case .blindAppend:
            guard let current, !current.metadata.isSame(as: wantedMetadata(after: current)) else { return }
            throw DeltaFault.changedSince(
                table: table, readVersion: nil, changedIn: current.lastChange, how: "has other columns, partitioning or configuration")
        case .replaces(let readVersion):
            guard let current, current.lastChange > readVersion ?? -1 else { return }
            throw DeltaFault.changedSince(table: table, readVersion: readVersion, changedIn: current.lastChange, how: "was changed")
        }
    }

    private func checkFiles(_ current: Snapshot, _ table: String) throws {
        guard !removes.isEmpty || !adds.isEmpty || !returning.isEmpty else { return }
        let present = Set(current.files.map { PartitionPath.uriEncoded($0.path) })
        for file in removes where !present.contains(PartitionPath.uriEncoded(file.path)) {
            throw DeltaFault.changedSince(
                table: table, readVersion: file.addedIn, changedIn: current.version, how: "no longer has data file \(file.path)")
        }
        for path in adds.map(\.path) + returning.map(\.path) where present.contains(PartitionPath.uriEncoded(path)) {
            throw DeltaFault.commit(table: table, problem: "data file \(path) is in the table already; data files need new names")
        }
        if !removes.isEmpty, changesData, current.configuration["delta.appendOnly"] == "true" {
            throw DeltaFault.commit(table: table, problem: "it removes rows and the table is append-only (delta.appendOnly = true)")
        }
    }

    /// Files that stay must still make sense under the new columns and partitioning.
    private func checkMetadata(_ current: Snapshot, _ table: String) throws {
        guard current.files.count > removes.count else { return }
        guard current.partitioning == partitioning else {
            throw DeltaFault.commit(
                table: table,
                problem: "partitioning changes from (\(current.partitioning.map(\.name).joined(separator: ", "))) to "
                    + "(\(partitioning.map(\.name).joined(separator: ", "))) while old files stay; run with --full-refresh")
        }
        for field in current.schema.fields {
            guard let type = schema.type(of: field.name), type != field.type else { continue }
            throw DeltaFault.commit(
                table: table,
                problem: "column '\(field.name)' changes from \(field.type.rawValue) to \(type.rawValue) while old files stay; "
                    + "run with --full-refresh")
        }
    }
}
