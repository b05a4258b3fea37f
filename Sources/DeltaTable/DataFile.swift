package import Columnar
package import Engine
import Foundation

/// One data file of a snapshot: the log's `add`.
package struct DataFile: Sendable, Hashable {
    /// Below the table's folder, decoded.
    package let path: String
    /// In the order of the table's partition columns; the only source of these values.
    package let partition: [Value]
    package let byteCount: Int
    /// Milliseconds since 1970.
    package let modificationTime: Int64
    /// Nil where another writer left it out.
    package let rowCount: Int?
    /// By column name; a partition column without a part has its value as both bounds.
    package let statistics: [String: ColumnStatistics]
    package let sources: [SourceRun]
    /// The key columns by which rows ascend; nil where nothing is known.
    package let sortedBy: [String]?
    /// `ContentHash` of the file's bytes when it was written; nil where its writer did not tell.
    package let contentHash: String?
    /// The version that added the file.
    package let addedIn: Int
    /// The path as the log spells it, which a `remove` must repeat.
    let logPath: String

    package var isSorted: Bool { sortedBy != nil }

    /// To be added again after it was removed.
    package var again: WrittenFile {
        WrittenFile(
            path: path, partition: partition, rowCount: rowCount ?? 0, byteCount: byteCount, statistics: statistics, sources: sources,
            isSorted: isSorted)
    }
}

extension DataFile {
    static let sourcesTag = "tickbook.sources"
    static let sortedByTag = "tickbook.sortedBy"
    static let contentHashTag = "tickbook.xxh64"

    static func add(
        _ file: WrittenFile, metadata: TableMetadata, modificationTime: Int64, sortKey: [String], dataChange: Bool
    ) throws -> JSON {
        let stats = FileStatistics.json(rowCount: file.rowCount, columns: metadata.dataColumns, statistics: file.statistics)
        var tags: [String: String] = [:]
        if !file.sources.isEmpty { tags[sourcesTag] = String(decoding: try JSONEncoder.stable.encode(file.sources), as: UTF8.self) }
        if file.isSorted { tags[sortedByTag] = JSON.array(sortKey.map(JSON.string)).text }
        tags[contentHashTag] = file.contentHash
        return .object([
            JSON.Member("path", .string(PartitionPath.uriEncoded(file.path))),
            JSON.Member("partitionValues", try partitionJSON(file.partition, metadata.partitioning)),
            JSON.Member("size", .int(Int64(file.byteCount))), JSON.Member("modificationTime", .int(modificationTime)),
            JSON.Member("dataChange", .bool(dataChange)), JSON.Member("stats", .string(stats.text)),
            JSON.Member("tags", .object(tags)),
        ])
    }

    func remove(partitioning: [PartitionColumn], time: Int64, dataChange: Bool) throws -> JSON {
        .object([
            JSON.Member("path", .string(logPath)), JSON.Member("deletionTimestamp", .int(time)),
            JSON.Member("dataChange", .bool(dataChange)), JSON.Member("extendedFileMetadata", .bool(true)),
            JSON.Member("partitionValues", try DataFile.partitionJSON(partition, partitioning)),
            JSON.Member("size", .int(Int64(byteCount))),
        ])
    }

    private static func partitionJSON(_ values: [Value], _ columns: [PartitionColumn]) throws -> JSON {
        .object(
            try zip(columns, values).map { column, value in
                JSON.Member(column.name, try PartitionText.text(of: value, column: column.name).map(JSON.string) ?? .null)
            })
    }
}

extension DataFile {
    /// Throws `LogMistake` where the log's `add` is incomplete.
    init(add: JSON, metadata: TableMetadata, version: Int) throws {
        guard let logPath = add["path"]?.string, let byteCount = add["size"]?.int else {
            throw LogMistake.malformed("add lacks path or size")
        }
        guard let path = PartitionPath.uriDecoded(logPath) else { throw LogMistake.malformed("add has the undecodable path '\(logPath)'") }
        guard !path.hasPrefix("/"), !DataFile.isLocation(path) else {
            throw LogMistake.unsupported(
                "data file '\(path)' lies outside the table", remedy: "Copy the table in full, shallow clones are not read.")
        }
        self.logPath = logPath
        self.path = path
        self.byteCount = Int(byteCount)
        addedIn = add["tags"]?[ReconciledActions.addedInTag]?.string.flatMap { Int($0) } ?? version
        modificationTime = add["modificationTime"]?.int ?? 0
        partition = try DataFile.partition(of: add["partitionValues"], metadata)
        let stats = try DataFile.stats(of: add["stats"]?.string)
        rowCount = stats?["numRecords"]?.int.map { Int($0) }
        var columns = stats.map { FileStatistics.columns(of: $0, schema: metadata.dataColumns) } ?? [:]
        for (column, value) in zip(metadata.partitioning, partition) where column.part == nil {
            let bound = value.isNull ? nil : value
            columns[column.name] = ColumnStatistics(minimum: bound, maximum: bound, nullCount: value.isNull ? rowCount ?? 0 : 0)
        }
        statistics = columns
        let tags = add["tags"]
        sources = try tags?[DataFile.sourcesTag]?.string.map(DataFile.sources) ?? []
        sortedBy = tags?[DataFile.sortedByTag]?.string.flatMap { try? JSON(parsing: $0) }?.array?.compactMap(\.string)
        contentHash = tags?[DataFile.contentHashTag]?.string
    }

    private static func partition(of json: JSON?, _ metadata: TableMetadata) throws -> [Value] {
        try metadata.partitioning.map { column in
            let text = json?[column.name]?.string
            let type = metadata.type(of: column)
            guard let value = PartitionText.value(of: text, type: type) else {
                throw LogMistake.malformed("partition column '\(column.name)' has '\(text ?? "")', which is no \(type.rawValue)")
            }
            return value
        }
    }

    /// Whether a path names a place by scheme, `s3://…`.
    private static func isLocation(_ path: String) -> Bool { path.utf8.contains(UInt8(ascii: ":")) && path.contains("://") }

    private static func stats(of text: String?) throws -> JSON? {
        guard let text, !text.isEmpty else { return nil }
        guard let stats = try? JSON(parsing: text) else { throw LogMistake.malformed("add has stats that are no JSON") }
        return stats
    }

    private static func sources(of text: String) throws -> [SourceRun] {
        let runs = (try? JSON(parsing: text))?.array?.map { run -> SourceRun? in
            guard let source = run["source"]?.string, let rowCount = run["rowCount"]?.int else { return nil }
            return SourceRun(source: source, rowCount: Int(rowCount))
        }
        guard let runs, !runs.contains(nil) else { throw LogMistake.malformed("add has a \(sourcesTag) tag that lists no sources") }
        return runs.compactMap(\.self)
    }
}
