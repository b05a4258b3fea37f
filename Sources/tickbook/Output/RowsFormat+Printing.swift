import ArgumentParser
import Columnar
import Foundation
import Language
import Runtime

extension RowsFormat: ExpressibleByArgument {
    /// Prints all rows; tables stop after `limit` rows and say how to see more.
    func print(_ rows: ShownRows, limit: Int? = nil) throws {
        switch self {
        case .table: try TableText(limit: limit).print(rows)
        case .csv: try CSVText().print(rows.stream)
        case .json: try JSONText().print(rows.stream)
        }
    }
}

extension ShownRows {
    /// Prints the rows as they are asked for, or as a table.
    func print() throws { try (format ?? .table).print(self) }
}

/// RFC 4180: a header, commas, quotes where needed; null is an empty field, the empty text is quoted.
struct CSVText {
    func print(_ stream: any RecordBatchStream) throws {
        Terminal.print(stream.schema.names.map(field).joined(separator: ","))
        while let batch = try stream.next() {
            let lines = (0..<batch.count).map { row in batch.columns.map { field($0[row]) }.joined(separator: ",") }
            Terminal.print(lines.joined(separator: "\n"))
        }
    }

    private func field(_ value: Value) -> String {
        switch value {
        case .null: ""
        case .string(let text): text.isEmpty ? "\"\"" : field(text)
        default: value.description
        }
    }

    private func field(_ text: String) -> String {
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}

/// One JSON object per line.
struct JSONText {
    func print(_ stream: any RecordBatchStream) throws {
        let names = stream.schema.names.map(Self.quoted)
        while let batch = try stream.next() {
            let lines = (0..<batch.count).map { row in
                "{" + zip(names, batch.columns).map { "\($0):\(Self.text($1[row]))" }.joined(separator: ",") + "}"
            }
            Terminal.print(lines.joined(separator: "\n"))
        }
    }

    static func text(_ value: Value) -> String {
        switch value {
        case .null: "null"
        case .int, .double, .bool: value.description
        case .string, .date, .timestamp: quoted(value.description)
        }
    }

    static func quoted(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
