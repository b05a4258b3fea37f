import Columnar
import Engine

/// A data file's row count and column statistics as the log's `stats` text (Delta protocol, "Per-file Statistics").
///
/// Invariants:
/// 1. A written minimum is never above, a written maximum never below any value; where that cannot be said, it is left out.
/// 2. Int, double, bool, date, timestamp and strings up to 32 characters read back exactly as written.
enum FileStatistics {
    /// Longer strings are cut, as other Delta writers do.
    static let stringLimit = 32

    static func json(rowCount: Int, columns: [Field], statistics: [String: ColumnStatistics]) -> JSON {
        var minima: [JSON.Member] = []
        var maxima: [JSON.Member] = []
        var nullCounts: [JSON.Member] = []
        for field in columns {
            guard let column = statistics[field.name] else { continue }
            nullCounts.append(JSON.Member(field.name, .int(Int64(column.nullCount))))
            guard !isNaN(column.minimum), !isNaN(column.maximum) else { continue }
            if let bound = column.minimum.flatMap(lowerBound) { minima.append(JSON.Member(field.name, bound)) }
            if let bound = column.maximum.flatMap(upperBound) { maxima.append(JSON.Member(field.name, bound)) }
        }
        return .object([
            JSON.Member("numRecords", .int(Int64(rowCount))), JSON.Member("minValues", .object(minima)),
            JSON.Member("maxValues", .object(maxima)), JSON.Member("nullCount", .object(nullCounts)),
        ])
    }

    private static func isNaN(_ value: Value?) -> Bool {
        if case .double(let number)? = value { number.isNaN } else { false }
    }

    private static func lowerBound(_ value: Value) -> JSON? {
        guard case .string(let text) = value else { return exact(value) }
        return .string(String(String.UnicodeScalarView(text.unicodeScalars.prefix(stringLimit))))
    }

    /// A cut maximum ends in the greatest character there is, so that nothing it was cut from sorts above it.
    private static func upperBound(_ value: Value) -> JSON? {
        guard case .string(let text) = value else { return exact(value) }
        let scalars = text.unicodeScalars
        guard scalars.count > stringLimit else { return .string(text) }
        let greatest: Unicode.Scalar = "\u{10FFFF}"
        guard scalars.dropFirst(stringLimit).first != greatest else { return nil }
        return .string(String(String.UnicodeScalarView(scalars.prefix(stringLimit))) + String(Character(greatest)))
    }

    private static func exact(_ value: Value) -> JSON? {
        switch value {
        case .int(let number): .int(number)
        case .double(let number): number.isFinite ? .double(number) : nil
        case .bool(let flag): .bool(flag)
        case .date, .timestamp: TemporalText.text(of: value).map(JSON.string)
        case .null, .string: nil
        }
    }
}

extension FileStatistics {
    /// By column name; columns the log says nothing about are left out.
    static func columns(of stats: JSON, schema: [Field]) -> [String: ColumnStatistics] {
        let minima = stats["minValues"]
        let maxima = stats["maxValues"]
        let nullCounts = stats["nullCount"]
        var statistics = [String: ColumnStatistics](minimumCapacity: schema.count)
        for field in schema {
            guard let nullCount = nullCounts?[field.name]?.int else { continue }
            statistics[field.name] = ColumnStatistics(
                minimum: minima?[field.name].flatMap { value($0, field.type, isMaximum: false) },
                maximum: maxima?[field.name].flatMap { value($0, field.type, isMaximum: true) }, nullCount: Int(nullCount))
        }
        return statistics
    }

    private static func value(_ json: JSON, _ type: DataType, isMaximum: Bool) -> Value? {
        switch type {
        case .int: return json.int.map(Value.int)
        case .double: return json.double.map(Value.double)
        case .bool: return json.bool.map(Value.bool)
        case .string: return json.string.map(Value.string)
        case .date: return json.string.flatMap(TemporalText.date)
        case .timestamp:
            guard let text = json.string, let (microseconds, digits) = TemporalText.timestamp(text) else { return nil }
            // Other writers cut to milliseconds, which puts a maximum below the values.
            return .timestamp(isMaximum && digits <= 3 ? microseconds + 999 : microseconds)
        }
    }
}
