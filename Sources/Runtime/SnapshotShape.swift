import Columnar
package import DeltaTable
import Foundation
import Language

/// What of a table's shape Delta has no place for, kept in the table's configuration.
enum TableConfiguration {
    private static let key = "tickbook.key"
    private static let lookAhead = "tickbook.lookAhead"

    static func values(of shape: TableShape) throws -> [String: String] {
        var lookAheads: [String: LookAhead] = [:]
        for column in shape.columns { lookAheads[column.name] = column.lookAhead }
        return [key: try text(shape.key), lookAhead: try text(lookAheads)]
    }

    static func key(_ configuration: [String: String]) -> Key? { decode(configuration[key]) }

    static func lookAheads(_ configuration: [String: String]) -> [String: LookAhead] { decode(configuration[lookAhead]) ?? [:] }

    private static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private static func decode<Content: Decodable>(_ text: String?) -> Content? {
        text.flatMap { try? JSONDecoder().decode(Content.self, from: Data($0.utf8)) }
    }
}

extension Snapshot {
    var key: Key? { TableConfiguration.key(configuration) }

    /// `symbol, date`; nil for a table without a key.
    package var keyText: String? { key.map { ($0.entity + [$0.time]).joined(separator: ", ") } }

    /// The table as the checker sees it.
    var shape: TableShape {
        let lookAheads = TableConfiguration.lookAheads(configuration)
        let columns = schema.fields.map { ColumnShape(name: $0.name, type: $0.type, lookAhead: lookAheads[$0.name]) }
        return TableShape(columns: columns, key: key, partitioning: partitioning)
    }
}
