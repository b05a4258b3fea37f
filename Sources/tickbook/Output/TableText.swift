import Columnar
import Foundation
import Language
import Runtime

/// Rows as an aligned table: names and types above, numbers to the right, null as ∅.
struct TableText {
    let limit: Int

    func print(_ stream: any RecordBatchStream) throws {
        let start = ContinuousClock.now
        var rows: [[String]] = []
        var count = 0
        while let batch = try stream.next() {
            for row in 0..<min(batch.count, max(0, limit - rows.count)) { rows.append(batch.columns.map { shown($0[row]) }) }
            count += batch.count
        }
        let fields = stream.schema.fields
        let columns = fields.indices.map { column in Column(fields[column], rows.map { $0[column] }) }
        for line in lines(columns, rowCount: rows.count) { Terminal.print(line) }
        let elided = count > rows.count ? ", the first \(rows.count) shown; --format csv gives all" : ""
        Terminal.note("\(counted(count, "row"))\(elided) (\(String(format: "%.2f", start.elapsedSeconds)) s)")
    }

    private struct Column {
        let name: String
        let type: String
        let cells: [String]
        let width: Int
        let alignsRight: Bool

        init(_ field: Field, _ cells: [String]) {
            name = field.name
            type = field.type.rawValue
            self.cells = cells
            alignsRight = field.type.isNumeric
            width = ([name, type] + cells).map(\.count).max()!
        }

        func aligned(_ text: String) -> String {
            let space = String(repeating: " ", count: max(0, width - text.count))
            return alignsRight ? space + text : text + space
        }
    }

    private func lines(_ columns: [Column], rowCount: Int) -> [String] {
        let (shown, hidden) = fitting(columns)
        let suffix = hidden > 0 ? "  … \(hidden) more column\(hidden == 1 ? "" : "s")" : ""
        let head = [
            shown.map { $0.aligned($0.name) }.joined(separator: "  ") + suffix, shown.map { $0.aligned($0.type) }.joined(separator: "  "),
            shown.map { String(repeating: "─", count: $0.width) }.joined(separator: "  "),
        ]
        return (head + (0..<rowCount).map { row in shown.map { $0.aligned($0.cells[row]) }.joined(separator: "  ") }).map { $0.trimmedEnd }
    }

    /// The columns that fit the terminal, at least one.
    private func fitting(_ columns: [Column]) -> (shown: [Column], hidden: Int) {
        var used = 0
        let fits = columns.prefix { column in
            used += column.width + 2
            return used - 2 <= Terminal.width - 18 || used - 2 <= Terminal.width && column.name == columns.last!.name
        }
        let shown = fits.isEmpty ? Array(columns.prefix(1)) : Array(fits)
        return (shown, columns.count - shown.count)
    }

    private func shown(_ value: Value) -> String {
        switch value {
        case .null: "∅"
        case .double(let number):
            String(format: abs(number) >= 1e15 || (number != 0 && abs(number) < 1e-5) ? "%.6g" : "%.6f", number).trimmedZeros
        case .string(let text): text.replacing("\n", with: "⏎")
        default: value.description
        }
    }
}

extension String {
    fileprivate var trimmedEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }

    /// `1.500000` as `1.5`; whole numbers keep one decimal, so that they are seen to be doubles.
    fileprivate var trimmedZeros: String {
        guard contains("."), !contains("e") else { return self }
        var text = self
        while text.hasSuffix("0"), !text.hasSuffix(".0") { text.removeLast() }
        return text
    }
}
