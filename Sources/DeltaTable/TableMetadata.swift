package import Columnar
import Engine
import Foundation

/// What a table is, apart from its rows: the log's `metaData`.
///
/// Invariants:
/// 1. `schema` holds the columns of the data files; calendar parts (`year` of `year(date)`) stand in the log's schema only.
/// 2. Every column of `partitioning` without a part is a column of `schema`.
package struct TableMetadata: Sendable, Hashable {
    package let id: String
    package let schema: Schema
    package let partitioning: [PartitionColumn]
    /// The log's `configuration`, without Tickbook's own keys.
    package let configuration: [String: String]
    /// The columns that data files have statistics of: those that are no partition column.
    let dataColumns: [Field]

    package init(
        id: String = UUID().uuidString.lowercased(), schema: Schema, partitioning: [PartitionColumn], configuration: [String: String] = [:]
    ) {
        self.id = id
        self.schema = schema
        self.partitioning = partitioning
        self.configuration = configuration
        dataColumns = schema.fields.filter { field in !partitioning.contains { $0.name == field.name } }
    }

    static let partitioningKey = "tickbook.partitioning"

    /// The type of a partition column's values.
    func type(of column: PartitionColumn) -> DataType {
        column.part == nil ? schema.type(of: column.name)! : .int
    }

    /// The same columns, types, partitioning and configuration, whatever the id.
    func isSame(as other: TableMetadata) -> Bool {
        schema == other.schema && partitioning == other.partitioning && configuration == other.configuration
    }
}

extension TableMetadata {
    /// Throws where no Delta table can have these columns.
    func validate() throws {
        let generated = partitioning.filter { $0.part != nil }.map(\.name)
        var seen: [String: String] = [:]
        for name in schema.names + generated {
            if name.isEmpty || name.contains(where: { " ,;{}()\n\t=".contains($0) }) {
                throw DeltaFault.columnName(column: name, suggestion: TableMetadata.permitted(name))
            }
            if let other = seen.updateValue(name, forKey: name.lowercased()) {
                throw DeltaFault.schema(
                    "Columns '\(other)' and '\(name)' differ at most in upper and lower case, which a Delta table does not tell apart. "
                        + "Rename one: | rename(\(name)_2 = \(name))")
            }
        }
        for column in partitioning {
            guard let type = schema.type(of: column.source) else {
                throw DeltaFault.schema(
                    "Partition column '\(column.source)' is not a column of the table; it has \(schema.names.joined(separator: ", ")).")
            }
            if let part = column.part, !type.isTemporal {
                throw DeltaFault.schema(
                    "\(part.rawValue)(\(column.source)) needs a date or timestamp; \(column.source) is \(type.rawValue).")
            }
        }
        guard !dataColumns.isEmpty else {
            throw DeltaFault.schema(
                "A table needs at least one column outside partition(...); it has \(schema.names.joined(separator: ", ")).")
        }
    }

    private static func permitted(_ name: String) -> String {
        let letters = name.map { " ,;{}()\n\t=".contains($0) ? "_" : $0 }
        let joined = String(letters).split(separator: "_").joined(separator: "_")
        return joined.isEmpty ? "column" : joined
    }
}

extension TableMetadata {
    func json(createdTime: Int64) throws -> JSON {
        var texts = configuration
        texts[TableMetadata.partitioningKey] = String(decoding: try JSONEncoder.stable.encode(partitioning), as: UTF8.self)
        return .object([
            JSON.Member("id", .string(id)),
            JSON.Member("format", .object([JSON.Member("provider", .string("parquet")), JSON.Member("options", .object([]))])),
            JSON.Member("schemaString", .string(schemaJSON.text)),
            JSON.Member("partitionColumns", .array(partitioning.map { .string($0.name) })),
            JSON.Member("configuration", .object(texts)), JSON.Member("createdTime", .int(createdTime)),
        ])
    }

    private var schemaJSON: JSON {
        let fields = schema.fields.map { TableMetadata.field($0.name, TableMetadata.deltaType(of: $0.type)) }
        let generated = partitioning.filter { $0.part != nil }.map { TableMetadata.field($0.name, "integer") }
        return .object([JSON.Member("type", .string("struct")), JSON.Member("fields", .array(fields + generated))])
    }

    private static func field(_ name: String, _ type: String) -> JSON {
        .object([
            JSON.Member("name", .string(name)), JSON.Member("type", .string(type)), JSON.Member("nullable", .bool(true)),
            JSON.Member("metadata", .object([])),
        ])
    }

    /// A timestamp without a time zone is kept as UTC: `timestamp_ntz` would need a higher protocol.
    private static func deltaType(of type: DataType) -> String {
        switch type {
        case .int: "long"
        case .bool: "boolean"
        case .double, .string, .date, .timestamp: type.rawValue
        }
    }

    static func dataType(of deltaType: String) -> DataType? {
        switch deltaType {
        case "long": .int
        case "boolean": .bool
        case "double", "string", "date", "timestamp": DataType(rawValue: deltaType)
        default: nil
        }
    }
}

extension TableMetadata {
    /// Throws `LogMistake` where the log's metaData is incomplete or has a type Tickbook lacks.
    init(json: JSON) throws {
        guard let id = json["id"]?.string, let text = json["schemaString"]?.string, let columns = json["partitionColumns"]?.array else {
            throw LogMistake.malformed("metaData lacks id, schemaString or partitionColumns")
        }
        var configuration = json["configuration"]?.texts ?? [:]
        let names = columns.compactMap(\.string)
        let partitioning = try TableMetadata.partitioning(of: configuration.removeValue(forKey: TableMetadata.partitioningKey), names)
        let generated = Set(partitioning.filter { $0.part != nil }.map(\.name))
        let schema = Schema(try TableMetadata.fields(of: text, without: generated))
        for column in partitioning where schema.type(of: column.source) == nil {
            throw LogMistake.malformed("partition column '\(column.source)' is not in schemaString")
        }
        self.init(id: id, schema: schema, partitioning: partitioning, configuration: configuration)
    }

    private static func partitioning(of text: String?, _ names: [String]) throws -> [PartitionColumn] {
        guard let text else { return names.map { PartitionColumn(name: $0, source: $0, part: nil) } }
        guard let columns = try? JSONDecoder().decode([PartitionColumn].self, from: Data(text.utf8)), columns.map(\.name) == names else {
            throw LogMistake.malformed("configuration \(partitioningKey) does not agree with partitionColumns \(names)")
        }
        return columns
    }

    private static func fields(of schemaString: String, without generated: Set<String>) throws -> [Field] {
        guard let fields = (try? JSON(parsing: schemaString))?["fields"]?.array else {
            throw LogMistake.malformed("schemaString is no JSON schema")
        }
        return try fields.compactMap { field in
            guard let name = field["name"]?.string else { throw LogMistake.malformed("schemaString has a field without a name") }
            if generated.contains(name) { return nil }
            guard field["metadata"]?["delta.invariants"] == nil else {
                throw LogMistake.unsupported(
                    "column '\(name)' has an invariant (delta.invariants)",
                    remedy: "Tickbook does not check those; remove it from the schema.")
            }
            let type = field["type"]
            guard let dataType = type?.string.flatMap(dataType) else {
                throw LogMistake.unsupported(
                    "column '\(name)' has type \(type?.text ?? "none")",
                    remedy: "Tickbook reads long, double, string, boolean, date and timestamp; rewrite the column as one of them.")
            }
            return Field(name, dataType)
        }
    }
}

extension JSONEncoder {
    /// Equal values give equal text.
    static var stable: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
