package import Columnar
package import Language
package import Planner

extension DuckDBDialect {
    package func csv(_ path: String, _ options: CSVOptions, _ schema: Schema, notes: String?) -> String {
        readCSV(path, options, types: schema.fields, notes.map(rejects) ?? [])
    }

    package func csv(_ path: String, _ layout: CSVLayout, _ options: CSVOptions, _ schema: Schema, notes: String) -> String {
        let columns = layout.columns.map { "\(quoted($0)): '\(typeName(schema.type(of: $0) ?? .string))'" }
        var arguments = [
            quoted(path), "auto_detect = false", "header = false", "delim = \(quoted(layout.delimiter))", "quote = ''", "escape = ''",
            "columns = {\(columns.joined(separator: ", "))}",
        ]
        arguments += formats(options, timestampFormat: options.timestampFormat ?? layout.timestampFormat) + rejects(notes)
        return "read_csv(\(arguments.joined(separator: ", ")))"
    }

    package func layout(ofCSV path: String, _ options: CSVOptions) -> String {
        """
        SELECT Delimiter, array_to_string(list_transform(Columns, lambda field: field.name), chr(31)), TimestampFormat, SkipRows
        FROM \(readCSV(path, options, types: options.types, ["ignore_errors = true"], function: "sniff_csv"))
        """
    }

    package func layout(from row: RecordBatch) -> CSVLayout? {
        guard case .string(let delimiter) = row.columns[0][0], delimiter.utf8.count == 1, case .string(let names) = row.columns[1][0],
            row.columns[3][0] == .int(0)
        else { return nil }
        let format: String? = if case .string(let format) = row.columns[2][0] { format } else { nil }
        return CSVLayout(
            delimiter: delimiter, columns: names.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init),
            timestampFormat: format)
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

    private func rejects(_ notes: String) -> [String] {
        ["store_rejects = true", "rejects_table = '\(notes)_lines'", "rejects_scan = '\(notes)_scans'"]
    }

    private func formats(_ options: CSVOptions, timestampFormat: String?) -> [String] {
        [
            options.dateFormat.map { "dateformat = \(quoted($0))" }, timestampFormat.map { "timestampformat = \(quoted($0))" },
            options.nullText.map { "nullstr = ['', \(quoted($0))]" },
        ].compactMap(\.self)
    }

    private func readCSV(
        _ path: String, _ options: CSVOptions, types: [Field], _ further: [String], function: String = "read_csv"
    ) -> String {
        var arguments = [quoted(path), "header = \(options.header ?? true)"]
        if let delimiter = options.delimiter { arguments.append("delim = \(quoted(delimiter))") }
        let quote = options.quote ?? "\""
        arguments += ["quote = \(quoted(quote))", "escape = \(quoted(quote))"]
        arguments += formats(options, timestampFormat: options.timestampFormat)
        if !types.isEmpty {
            arguments.append("types = {\(types.map { "\(quoted($0.name)): '\(typeName($0.type))'" }.joined(separator: ", "))}")
        }
        return "\(function)(\((arguments + further).joined(separator: ", ")))"
    }
}
