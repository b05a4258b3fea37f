package import Columnar
import Language
import Planner

/// DuckDB's SQL, written so that no result depends on threads and no double is NaN or infinite.
package struct DuckDBDialect: SQLDialect {
    package init() {}

    package func identifier(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }

    package func typeName(_ type: DataType) -> String {
        switch type {
        case .int: "BIGINT"
        case .double: "DOUBLE"
        case .string: "VARCHAR"
        case .bool: "BOOLEAN"
        case .date: "DATE"
        case .timestamp: "TIMESTAMP"
        }
    }

    package func literal(_ value: Value, _ type: DataType) -> String {
        switch value {
        case .null: "CAST(NULL AS \(typeName(type)))"
        case .int(let number): "CAST(\(number) AS BIGINT)"
        // Without an exponent it would be a decimal.
        case .double(let number): number.description.contains("e") ? "\(number)" : "\(number)e0"
        case .string(let text): quoted(text)
        case .bool(let flag): flag ? "TRUE" : "FALSE"
        case .date: "DATE '\(value)'"
        case .timestamp: "TIMESTAMP '\(value)'"
        }
    }

    package func parquet(_ paths: [String]) -> String {
        "read_parquet([\(paths.map(quoted).joined(separator: ", "))], hive_partitioning = false)"
    }

    package func rows(of files: String, where time: String, isFrom first: Value?, to last: Value?) -> String {
        let bounds = [first.map { "\(identifier(time)) >= \(stored($0))" }, last.map { "\(identifier(time)) <= \(stored($0))" }]
        let condition = bounds.compactMap(\.self).joined(separator: " AND ")
        return condition.isEmpty ? files : "(SELECT * FROM \(files) WHERE \(condition))"
    }

    /// A literal of the type that data files hold: their timestamps are of UTC.
    private func stored(_ value: Value) -> String {
        if case .timestamp = value { "TIMESTAMPTZ '\(value)+00'" } else { literal(value, .date) }
    }

    package func finiteOrNull(_ sql: String) -> String { "CASE WHEN isfinite(\(sql)) THEN \(sql) END" }

    package func withoutTimeZone(_ sql: String) -> String { "make_timestamp(epoch_us(\(sql)))" }

    func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }
}
