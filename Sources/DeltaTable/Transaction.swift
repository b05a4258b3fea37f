package import Columnar
package import Engine

/// What one commit will do to a table, decided before it is tried.
package struct Transaction: Sendable {
    /// When a commit may still land after someone else's.
    package enum ConflictRule: Sendable, Hashable {
        /// Adds files whatever the table holds: always, as long as columns and partitioning are the same.
        case blindAppend
        /// Was worked out from this version (nil: there was no table): only if nothing changed since.
        case replaces(readVersion: Int?)
    }

    /// Makes a repeated commit a no-op: a version of `appId` lands once.
    package struct Identity: Sendable, Hashable {
        package let appId: String
        package let version: Int64

        package init(appId: String, version: Int64) {
            self.appId = appId
            self.version = version
        }
    }

    struct ReturningFile: Sendable {
        let path: String
        let byteCount: Int
        let add: JSON
    }

    package let operation: String
    /// What the log says about the operation; nil for what it says about rows written.
    package var parameters: [String: String]?
    package let rule: ConflictRule
    package let schema: Schema
    package let partitioning: [PartitionColumn]
    package var configuration: [String: String] = [:]
    package var adds: [WrittenFile] = []
    package var removes: [DataFile] = []
    /// Files of an earlier version that come back as they were.
    var returning: [ReturningFile] = []
    /// The key columns that sorted files ascend by.
    package var sortKey: [String] = []
    package var identity: Identity?
    package var record: CommitRecord?
    /// False where files are only rearranged and every row stays, as in a compaction.
    package var changesData = true

    package init(operation: String, rule: ConflictRule, schema: Schema, partitioning: [PartitionColumn]) {
        self.operation = operation
        self.rule = rule
        self.schema = schema
        self.partitioning = partitioning
    }
}

package enum CommitOutcome: Sendable, Hashable {
    case committed(version: Int)
    /// The same identity had landed before, in this version; nothing was written. Its data files may be the same ones: keep them.
    case alreadyCommitted(version: Int)
}

extension Transaction {
    /// Throws where the transaction contradicts itself, whatever the table holds.
    func validate(table: String) throws {
        try wantedMetadata(after: nil).validate()
        if rule == .blindAppend, !removes.isEmpty { throw DeltaFault.commit(table: table, problem: "a blind append removes no files") }
        var paths: Set<String> = []
        for file in adds {
            guard paths.insert(PartitionPath.uriEncoded(file.path)).inserted else {
                throw DeltaFault.commit(table: table, problem: "data file \(file.path) is added twice")
            }
            guard !file.path.isEmpty, !file.path.hasPrefix("/"), !file.path.split(separator: "/").contains("..") else {
                throw DeltaFault.commit(table: table, problem: "data file \(file.path) is not below the table's folder")
            }
            try validatePartition(of: file, table: table)
        }
    }

    private func validatePartition(of file: WrittenFile, table: String) throws {
        guard file.partition.count == partitioning.count else {
            throw DeltaFault.commit(
                table: table,
                problem: "data file \(file.path) has \(file.partition.count) partition values for \(partitioning.count) columns")
        }
        let metadata = wantedMetadata(after: nil)
        for (column, value) in zip(partitioning, file.partition) where !value.isNull {
            let type = metadata.type(of: column)
            guard value.type == type else {
                throw DeltaFault.commit(
                    table: table,
                    problem: "data file \(file.path) has \(value) for partition column '\(column.name)', which is \(type.rawValue)")
            }
        }
    }

    /// What the table's metadata is to be; keeps the id of the table that is there.
    func wantedMetadata(after current: Snapshot?) -> TableMetadata {
        guard let current else { return TableMetadata(schema: schema, partitioning: partitioning, configuration: configuration) }
        let merged = current.configuration.merging(configuration) { _, new in new }
        return TableMetadata(id: current.metadata.id, schema: schema, partitioning: partitioning, configuration: merged)
    }
}

extension Value {
    /// Nil for null, which is a value of every type.
    fileprivate var type: DataType? {
        switch self {
        case .null: nil
        case .int: .int
        case .double: .double
        case .string: .string
        case .bool: .bool
        case .date: .date
        case .timestamp: .timestamp
        }
    }
}
