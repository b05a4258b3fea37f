extension DuckDBDialect {
    package func checkpoint(ofLines text: String, to parquet: String) -> String {
        let columns = Self.checkpointColumns.map { "\($0.name): '\($0.type)'" }.joined(separator: ", ")
        return """
            COPY (SELECT * FROM read_json(\(quoted(text)), columns = {\(columns)}, format = 'newline_delimited'))
            TO \(quoted(parquet)) (FORMAT parquet, COMPRESSION snappy)
            """
    }

    /// Whatever columns the writer of the checkpoint gave it.
    package func lines(ofCheckpoint parquet: String) -> String {
        "SELECT CAST(to_json(action) AS VARCHAR) FROM read_parquet(\(quoted(parquet)), hive_partitioning = false) AS action"
    }

    /// Delta protocol, "Checkpoint Schema".
    private static let checkpointColumns: [(name: String, type: String)] = [
        ("txn", "STRUCT(appId VARCHAR, version BIGINT, lastUpdated BIGINT)"),
        (
            "add",
            "STRUCT(path VARCHAR, partitionValues \(texts), size BIGINT, modificationTime BIGINT, dataChange BOOLEAN, stats VARCHAR, tags \(texts))"
        ),
        (
            "remove",
            "STRUCT(path VARCHAR, deletionTimestamp BIGINT, dataChange BOOLEAN, extendedFileMetadata BOOLEAN, partitionValues \(texts), size BIGINT)"
        ),
        (
            "metaData",
            "STRUCT(id VARCHAR, name VARCHAR, description VARCHAR, format STRUCT(provider VARCHAR, options \(texts)), schemaString VARCHAR, "
                + "partitionColumns VARCHAR[], configuration \(texts), createdTime BIGINT)"
        ),
        ("protocol", "STRUCT(minReaderVersion INTEGER, minWriterVersion INTEGER)"),
    ]

    private static let texts = "MAP(VARCHAR, VARCHAR)"
}
