import Engine

package enum RestoreOutcome: Sendable, Hashable {
    case restored(version: Int, filesAdded: Int, filesRemoved: Int)
    /// The newest version has just these files and columns.
    case unchanged(version: Int)
}

extension DeltaTable {
    /// Brings the files, columns and record of an earlier version back, in a new version. Throws where one of the files is gone.
    package func restore(to version: Int) throws -> RestoreOutcome {
        guard let current = try snapshot(), let wanted = try snapshot(at: version) else {
            throw DeltaFault.unknownVersion(table: root, asked: version, available: nil)
        }
        let missing = storage.missing(wanted.files.map(\.path))
        if let first = missing.first {
            throw DeltaFault.restore(table: root, version: version, missing: missing.count, first: first)
        }
        let transaction = try restoring(wanted, after: current)
        if transaction.removes.isEmpty, transaction.returning.isEmpty, current.metadata.isSame(as: wanted.metadata) {
            return .unchanged(version: current.version)
        }
        switch try commit(transaction, from: current) {
        case .committed(let version), .alreadyCommitted(let version):
            return .restored(version: version, filesAdded: transaction.returning.count, filesRemoved: transaction.removes.count)
        }
    }

    private func restoring(_ wanted: Snapshot, after current: Snapshot) throws -> Transaction {
        let adds = try reconciled(at: wanted.version, listing()).adds
        let keys = (present: current.files.map(\.key), wanted: wanted.files.map(\.key))
        let (present, kept) = (Set(keys.present), Set(keys.wanted))
        var transaction = Transaction(
            operation: "RESTORE", rule: .replaces(readVersion: current.version), schema: wanted.schema, partitioning: wanted.partitioning)
        transaction.parameters = ["version": String(wanted.version)]
        transaction.configuration = wanted.configuration
        transaction.removes = current.files.filter { !kept.contains($0.key) }
        transaction.returning = wanted.files.filter { !present.contains($0.key) }.map { file in
            Transaction.ReturningFile(path: file.path, byteCount: file.byteCount, add: adds[file.key]!.addedAgain)
        }
        transaction.record = wanted.lastCommit.record
        // What it says of the version before it does not hold of the one before this.
        transaction.record?.unchangedColumns = nil
        return transaction
    }

    /// Of these files, those that are no longer on disk, as after vacuum.
    package func missing(_ files: [DataFile]) -> [DataFile] {
        let paths = Set(storage.missing(files.map(\.path)))
        return files.filter { paths.contains($0.path) }
    }

    /// The newest version with the same rows as `version`: since then files were only rearranged.
    package func newestSnapshot(withRowsOf version: Int) throws -> Snapshot? {
        guard let newest = try latestVersion() else { return nil }
        var last = version
        while last < newest, try !actions(of: last + 1, newest: newest).changesData { last += 1 }
        return try snapshot(at: last)
    }
}

extension DataFile {
    /// The path as text that is equal only for equal bytes.
    package var key: String { PartitionPath.uriEncoded(path) }
}

extension JSON {
    /// A file's `add` for the version that brings it back.
    fileprivate var addedAgain: JSON {
        .object(
            (members ?? []).map { member in
                switch member.name {
                case "dataChange": Member("dataChange", .bool(true))
                case "tags":
                    Member("tags", .object((member.value.members ?? []).filter { $0.name != ReconciledActions.addedInTag }))
                default: member
                }
            })
    }
}
