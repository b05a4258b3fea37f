import Columnar

/// How Parquet stores a type and what it says about its meaning.
///
/// Source: Apache Parquet, parquet.thrift (`Type`, `ConvertedType`, `LogicalType`) and LogicalTypes.md.
struct ParquetType {
    let physical: Int
    /// The older word for the meaning, which readers of the first version know; nil where the physical type says it all.
    let converted: Int?
    private let type: DataType

    init(_ type: DataType) {
        self.type = type
        (physical, converted) =
            switch type {
            case .bool: (0, nil)
            case .date: (1, 6)
            case .int: (2, 18)
            case .timestamp: (2, 10)
            case .double: (5, nil)
            case .string: (6, 0)
            }
    }

    /// Appends a column's `SchemaElement`; every column may hold nulls.
    static func write(_ field: Field, to element: inout ThriftCompactWriter) {
        let type = ParquetType(field.type)
        element.int32(1, type.physical)
        element.int32(3, 1)  // OPTIONAL
        element.binary(4, field.name.utf8)
        if let converted = type.converted { element.int32(6, converted) }
        type.writeLogical(to: &element)
    }

    private func writeLogical(to element: inout ThriftCompactWriter) {
        switch type {
        case .bool, .double: break
        case .string: element.structure(10) { $0.structure(1) { _ in } }
        case .date: element.structure(10) { $0.structure(6) { _ in } }
        case .timestamp: element.structure(10) { $0.structure(8, Self.microsecondsOfUTC) }
        case .int: element.structure(10) { $0.structure(10, Self.signed64) }
        }
    }

    /// A Delta timestamp is one of UTC, and its files must say so.
    private static func microsecondsOfUTC(_ timestamp: inout ThriftCompactWriter) {
        timestamp.bool(1, true)
        timestamp.structure(2) { $0.structure(2) { _ in } }
    }

    private static func signed64(_ integer: inout ThriftCompactWriter) {
        integer.int8(1, 64)
        integer.bool(2, true)
    }
}

/// Parquet's numbers of the encodings used.
enum ParquetEncoding {
    static let plain = 0
    static let runLength = 3
}
