import Columnar
import Engine

/// How DuckDB lays out a column's values in memory.
enum VectorLayout: Sendable, Hashable {
    case bool, int8, int16, int32, int64, uint8, uint16, uint32, uint64, int128, float, double, string, date
    case timestamp, timestampSeconds, timestampMilliseconds, timestampNanoseconds
    case decimal(byteWidth: Int, scale: Int)

    /// From a `duckdb_type` of the C API; nil for types that Tickbook has no type for. Decimals need their scale as well.
    init?(code: UInt32) {
        switch code {
        case 1: self = .bool
        case 2: self = .int8
        case 3: self = .int16
        // An untyped NULL comes out as a 32-bit int.
        case 4, 36: self = .int32
        case 5: self = .int64
        case 6: self = .uint8
        case 7: self = .uint16
        case 8: self = .uint32
        case 9: self = .uint64
        case 10: self = .float
        case 11: self = .double
        case 12, 31: self = .timestamp
        case 13: self = .date
        case 16: self = .int128
        case 17: self = .string
        case 20: self = .timestampSeconds
        case 21: self = .timestampMilliseconds
        case 22: self = .timestampNanoseconds
        default: return nil
        }
    }

    var type: DataType {
        switch self {
        case .bool: .bool
        case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64, .int128: .int
        case .float, .double, .decimal: .double
        case .string: .string
        case .date: .date
        case .timestamp, .timestampSeconds, .timestampMilliseconds, .timestampNanoseconds: .timestamp
        }
    }
}

extension DuckDBResultHandle {
    private static let decimalCode: UInt32 = 19

    /// One decoder per result column; throws for a column of a type that Tickbook has no type for.
    func decoders() throws -> [VectorDecoder] {
        try (0..<functions.columnCount(&result)).map { index in
            let name = functions.columnName(&result, index).map { String(cString: $0) } ?? ""
            let code = functions.columnType(&result, index)
            guard let layout = code == Self.decimalCode ? decimal(index) : VectorLayout(code: code) else {
                throw EngineFault.statement(
                    message: "column `\(name)` has a type that Tickbook cannot hold (DuckDB type \(code)); expected a number, text, bool, "
                        + "date or timestamp: cast it in the query")
            }
            return VectorDecoder(name: name, layout: layout)
        }
    }

    private func decimal(_ index: UInt64) -> VectorLayout {
        var type = functions.columnLogicalType(&result, index)
        defer { functions.destroyLogicalType(&type) }
        let scale = Int(functions.decimalScale(type))
        return switch functions.decimalStorage(type) {
        case 3: .decimal(byteWidth: 2, scale: scale)
        case 4: .decimal(byteWidth: 4, scale: scale)
        case 5: .decimal(byteWidth: 8, scale: scale)
        default: .decimal(byteWidth: 16, scale: scale)
        }
    }
}
