import Columnar

/// A few rows as the lines of a small table: names above, numbers to the right, null as ∅.
struct ExampleRows {
    private static let width = 100
    private let columns: [[String]]
    private let alignsRight: [Bool]

    init(_ batches: [RecordBatch]) {
        let fields = batches.first?.schema.fields ?? []
        columns = fields.indices.map { index in
            [fields[index].name] + batches.flatMap { batch in (0..<batch.count).map { Self.shown(batch.columns[index][$0]) } }
        }
        alignsRight = fields.map { $0.type == .int || $0.type == .double }
    }

    /// Columns that go beyond the width are counted only.
    var lines: [String] {
        guard let rowCount = columns.first?.count else { return [] }
        let widths = columns.map { $0.map(\.count).max() ?? 0 }
        var used = -2
        let fitting = max(
            1,
            widths.prefix { width in
                used += width + 2; return used <= Self.width
            }.count)
        let hidden = columns.count - fitting
        return (0..<rowCount).map { row in
            let cells = (0..<fitting).map { aligned(columns[$0][row], widths[$0], right: alignsRight[$0]) }
            let more = row == 0 && hidden > 0 ? "  … \(counted(hidden, "more column"))" : ""
            return Self.trimmed(cells.joined(separator: "  ")) + more
        }
    }

    private func aligned(_ text: String, _ width: Int, right: Bool) -> String {
        let space = String(repeating: " ", count: width - text.count)
        return right ? space + text : text + space
    }

    private static func shown(_ value: Value) -> String {
        switch value {
        case .null: "∅"
        case .string(let text): text.replacing("\n", with: "⏎")
        default: value.description
        }
    }

    private static func trimmed(_ line: String) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        return line
    }
}
