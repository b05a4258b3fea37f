package import Columnar
package import Language
import Planner

extension DuckDBDialect {
    package func csv(_ path: String, _ options: CSVOptions, _ schema: Schema, notes: String) -> String {
        let rejects = ["store_rejects = true", "rejects_table = '\(notes)_lines'", "rejects_scan = '\(notes)_scans'"]
        return readCSV(path, options, types: schema.fields, rejects)
    }

    package func unreadableLines(notedUnder notes: String) -> String {
        """
        SELECT CAST(line AS BIGINT) AS line, first(trim(csv_line, chr(10) || chr(13)) ORDER BY error_message) AS text,
          string_agg(error_message, '; ' ORDER BY error_message) AS reason
        FROM \(notes)_lines GROUP BY line ORDER BY line
        """
    }

    package func forget(notes: String) -> String { "DROP TABLE IF EXISTS \(notes)_lines; DROP TABLE IF EXISTS \(notes)_scans" }

    package func columns(ofCSV path: String, _ options: CSVOptions) -> String {
        "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM \(readCSV(path, options, types: options.types, ["ignore_errors = true"])))"
    }

    package func columns(ofParquet path: String) -> String {
        "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM \(parquet([path])))"
    }

    package func dataType(named name: String) -> DataType? {
        switch name.prefix(while: { $0 != "(" }) {
        case "BIGINT", "INTEGER", "SMALLINT", "TINYINT", "UINTEGER", "USMALLINT", "UTINYINT": .int
        case "DOUBLE", "FLOAT", "DECIMAL", "HUGEINT", "UBIGINT": .double
        case "VARCHAR", "TIME", "UUID", "JSON", "ENUM": .string
        case "BOOLEAN": .bool
        case "DATE": .date
        case "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS": .timestamp
        default: nil
        }
    }

    private func readCSV(_ path: String, _ options: CSVOptions, types: [Field], _ further: [String]) -> String {
        var arguments = [quoted(path), "header = \(options.header ?? true)"]
        if let delimiter = options.delimiter { arguments.append("delim = \(quoted(delimiter))") }
        if let quote = options.quote { arguments += ["quote = \(quoted(quote))", "escape = \(quoted(quote))"] }
        if let format = options.dateFormat { arguments.append("dateformat = \(quoted(format))") }
        if let format = options.timestampFormat { arguments.append("timestampformat = \(quoted(format))") }
        if let text = options.nullText { arguments.append("nullstr = ['', \(quoted(text))]") }
        if !types.isEmpty {
            arguments.append("types = {\(types.map { "\(quoted($0.name)): '\(typeName($0.type))'" }.joined(separator: ", "))}")
        }
        return "read_csv(\((arguments + further).joined(separator: ", ")))"
    }
}
