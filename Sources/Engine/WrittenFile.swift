package import Columnar

/// A data file just written, with all that a table's log says about it.
package struct WrittenFile: Sendable {
    /// Below the table's folder, hive-escaped, not URI-encoded.
    package let path: String
    package let partition: [Value]
    package let rowCount: Int
    package let byteCount: Int
    /// By column name.
    package let statistics: [String: ColumnStatistics]
    /// Which sources the rows came from, in row order; empty where the writer was told none.
    package let sources: [SourceRun]
    /// Whether rows ascend by the key columns the writer was given (equal keys allowed).
    package let isSorted: Bool
    /// `ContentHash` of the file's bytes; nil where nobody hashed them.
    package let contentHash: String?

    package init(
        path: String, partition: [Value], rowCount: Int, byteCount: Int, statistics: [String: ColumnStatistics], sources: [SourceRun],
        isSorted: Bool, contentHash: String? = nil
    ) {
        self.path = path
        self.partition = partition
        self.rowCount = rowCount
        self.byteCount = byteCount
        self.statistics = statistics
        self.sources = sources
        self.isSorted = isSorted
        self.contentHash = contentHash
    }
}

/// `rowCount` consecutive rows from one source.
package struct SourceRun: Sendable, Hashable, Codable {
    package let source: String
    package var rowCount: Int

    package init(source: String, rowCount: Int) {
        self.source = source
        self.rowCount = rowCount
    }
}

/// Bounds of a column's non-null values; no bounds when all are null or one is NaN.
package struct ColumnStatistics: Sendable, Hashable {
    package let minimum: Value?
    package let maximum: Value?
    package let nullCount: Int

    package init(minimum: Value?, maximum: Value?, nullCount: Int) {
        self.minimum = minimum
        self.maximum = maximum
        self.nullCount = nullCount
    }
}
