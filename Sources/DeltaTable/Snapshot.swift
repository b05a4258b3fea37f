package import Columnar
import Engine

/// A table at one version.
package struct Snapshot: Sendable {
    package let version: Int
    package let metadata: TableMetadata
    /// In the order the log added them, which is the order of ingestion.
    package let files: [DataFile]
    /// What applications said they committed, by their id.
    package let transactions: [String: ApplicationTransaction]
    package let lastCommit: CommitInfo
    /// The newest version that changed rows, columns, partitioning or configuration.
    package let lastChange: Int

    package var schema: Schema { metadata.schema }
    package var partitioning: [PartitionColumn] { metadata.partitioning }
    package var configuration: [String: String] { metadata.configuration }
    /// Nil where a file's writer left its row count out.
    package var rowCount: Int? {
        files.reduce(0) { total, file in total.flatMap { total in file.rowCount.map { total + $0 } } }
    }
}

/// An application's own version number (the log's `txn`) and the table version it landed in.
package struct ApplicationTransaction: Sendable, Hashable {
    package let version: Int64
    package let committedIn: Int
}
