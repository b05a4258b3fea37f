package import Columnar
import Foundation
import Language

/// The rows of a result as an aligned table: names and types above, numbers with their decimal points below each other, null as ∅.
///
/// What does not fit is left out in the middle, columns as well as rows, and named; a description goes on in further blocks instead.
package struct TableLayout {
    package struct Settings: Sendable, Hashable {
        /// In cells of the terminal.
        package var width: Int
        /// How many rows are shown of longer results.
        package var limit: Int
        package var usesColour: Bool

        package init(width: Int = .max, limit: Int = 40, usesColour: Bool = false) {
            self.width = max(8, width)
            self.limit = max(0, limit)
            self.usesColour = usesColour
        }
    }

    package let lines: [String]
    package let rowCount: Int
    /// Rows that are not shown: how many there are behind the first ones.
    package let hiddenRows: Range<Int>
    package let hiddenColumns: [String]

    package init(_ stream: any RecordBatchStream, _ settings: Settings) throws {
        let ends = try TableEnds(stream, limit: settings.limit)
        let columns = stream.schema.fields.enumerated().map { index, field in
            LaidColumn(field, ends.rows.map { $0[index] }, widest: Self.widest(settings, of: stream.schema.fields.count))
        }
        rowCount = ends.count
        hiddenRows = ends.hidden
        if stream.schema.fields == DescriptionColumn.fields {
            let blocks = Self.blocks(columns, settings.width).map { Self.lines($0, ends, settings) }
            hiddenColumns = []
            lines = Array(blocks.joined(separator: [""]))
            return
        }
        let shown = Self.fitting(columns.map(\.width), settings.width)
        var laid = shown.first.map { columns[$0] }
        if shown.first.count < columns.count { laid += [LaidColumn.elided(rowCount: ends.rows.count)] + shown.last.map { columns[$0] } }
        hiddenColumns = columns.indices.filter { !shown.first.contains($0) && !shown.last.contains($0) }.map { columns[$0].name }
        lines = Self.lines(laid, ends, settings)
    }

    private static func widest(_ settings: Settings, of columns: Int) -> Int {
        settings.width == .max ? 100 : columns == 1 ? settings.width : max(16, min(60, settings.width / 2))
    }

    /// All columns, as many beside each other as fit, with the first again at the left: nobody asks for a description to miss a part of it.
    private static func blocks(_ columns: [LaidColumn], _ width: Int) -> [[LaidColumn]] {
        guard let head = columns.first else { return [[]] }
        var blocks = [[head]]
        var used = head.width
        for column in columns.dropFirst() {
            if used + 2 + column.width > width, blocks[blocks.count - 1].count > 1 {
                blocks.append([head])
                used = head.width
            }
            blocks[blocks.count - 1].append(column)
            used += 2 + column.width
        }
        return blocks
    }

    /// The first and the last columns that fit, two of the first for one of the last; at least one.
    private static func fitting(_ widths: [Int], _ width: Int) -> (first: Range<Int>, last: Range<Int>) {
        let all = widths.indices
        if widths.reduce(0, +) + 2 * (widths.count - 1) <= width { return (all, all.endIndex..<all.endIndex) }
        var first = 0
        var last = widths.count
        var used = 3
        while first < last {
            let takesFirst = first == 0 || first < 2 * (widths.count - last) + 2
            let column = takesFirst ? first : last - 1
            guard first == 0 || used + widths[column] + 2 <= width else { break }
            used += widths[column] + 2
            if takesFirst { first += 1 } else { last -= 1 }
        }
        return (0..<first, last..<widths.count)
    }

    private static func lines(_ columns: [LaidColumn], _ ends: TableEnds, _ settings: Settings) -> [String] {
        let line = { (cells: [String]) in trimmed(TerminalWidth.cut(cells.joined(separator: "  "), to: settings.width)) }
        let colour = { (text: String, code: Int) in settings.usesColour && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
        let head = [
            colour(line(columns.map { $0.heading($0.name) }), 1), colour(line(columns.map { $0.heading($0.type) }), 2),
            colour(line(columns.map { String(repeating: "─", count: $0.width) }), 2),
        ]
        var rows = ends.rows.indices.map { row in
            let text = line(columns.map { $0.cells[row] })
            return settings.usesColour ? text.replacing("∅", with: colour("∅", 2)) : text
        }
        if !ends.hidden.isEmpty { rows.insert(colour("⋮", 2), at: ends.hidden.lowerBound) }
        return head + rows
    }

    private static func trimmed(_ line: String) -> String {
        guard let last = line.lastIndex(where: { $0 != " " }) else { return "" }
        return String(line[...last])
    }
}

/// The first and the last rows of a stream.
private struct TableEnds {
    private(set) var rows: [[Value]] = []
    private(set) var count = 0
    /// The rows between.
    private(set) var hidden = 0..<0

    /// All rows where there are at most `limit`, else three of the first for one of the last.
    init(_ stream: any RecordBatchStream, limit: Int) throws {
        let lastLimit = limit >= 8 ? limit / 4 : 0
        var last: [[Value]] = []
        while let batch = try stream.next() {
            let first = 0..<min(batch.count, max(0, limit - lastLimit - rows.count))
            let rest = max(first.upperBound, batch.count - lastLimit)..<batch.count
            let values = { (row: Int) in batch.columns.map { $0[row] } }
            rows += first.map(values)
            last = (last + rest.map(values)).suffix(lastLimit)
            count += batch.count
        }
        hidden = count > rows.count + last.count ? rows.count..<count - last.count : 0..<0
        rows += last
    }
}

/// A column's texts, all of one width.
private struct LaidColumn {
    let name: String
    let type: String
    let width: Int
    let cells: [String]
    private let alignsRight: Bool

    init(_ field: Field, _ values: [Value], widest: Int) {
        name = TerminalWidth.cut(ValueText.visible(field.name), to: widest)
        type = field.type.rawValue
        let isNumber = field.type.isNumeric
        let texts = values.map { ValueText.of($0, widest: widest) }
        // Of numbers, what stands before the decimal point and from there on.
        let leads = texts.map { isNumber ? ValueText.lead($0) : 0 }
        let (lead, tail) = (leads.max() ?? 0, zip(texts, leads).map { TerminalWidth.of($0) - $1 }.max() ?? 0)
        let content = isNumber ? lead + tail : texts.map(TerminalWidth.of).max() ?? 0
        let width = max(content, TerminalWidth.of(name), type.count)
        cells = zip(texts, leads).map { text, own in
            let before = isNumber ? width - content + lead - own : 0
            return LaidColumn.padded(text, before: before, to: width)
        }
        self.width = width
        alignsRight = isNumber
    }

    private init(name: String, cells: [String]) {
        self.name = name
        type = name
        width = 1
        self.cells = cells
        alignsRight = false
    }

    /// What stands where columns are left out.
    static func elided(rowCount: Int) -> LaidColumn { LaidColumn(name: "…", cells: Array(repeating: "…", count: rowCount)) }

    func heading(_ text: String) -> String {
        LaidColumn.padded(text, before: alignsRight ? width - TerminalWidth.of(text) : 0, to: width)
    }

    private static func padded(_ text: String, before: Int, to width: Int) -> String {
        String(repeating: " ", count: before) + text + String(repeating: " ", count: max(0, width - before - TerminalWidth.of(text)))
    }
}

/// Values as tables show them.
package enum ValueText {
    package static func of(_ value: Value, widest: Int = .max) -> String {
        switch value {
        case .null: "∅"
        case .double(let number): text(number)
        // Beside a null it would look like one.
        case .string("∅"): "\"∅\""
        case .string(let text): TerminalWidth.cut(visible(text), to: widest)
        case .int, .bool, .date, .timestamp: value.description
        }
    }

    /// Six decimals, fewer of large numbers, without those that are zero but the first, which shows that it is a double.
    private static func text(_ number: Double) -> String {
        if abs(number) >= 1e15 || (number != 0 && abs(number) < 1e-5) { return String(format: "%.6g", number) }
        let decimals = abs(number) >= 1e6 ? 2 : abs(number) >= 1e4 ? 4 : 6
        var text = String(format: "%.\(decimals)f", number)
        while text.hasSuffix("0"), !text.hasSuffix(".0") { text.removeLast() }
        return text
    }

    /// How many cells stand before the decimal point.
    static func lead(_ text: String) -> Int { text.prefix { $0 != "." && $0 != "e" }.count }

    /// Control characters as their pictures of Unicode's block U+2400, other invisible ones that move text as a replacement mark.
    static func visible(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isInvisible) else { return text }
        return text.unicodeScalars.reduce(into: "") { shown, scalar in
            switch scalar.value {
            case 0x00...0x1F: shown.unicodeScalars.append(Unicode.Scalar(0x2400 + scalar.value)!)
            case 0x7F: shown += "␡"
            default: if isInvisible(scalar) { shown += "\u{FFFD}" } else { shown.unicodeScalars.append(scalar) }
            }
        }
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        // Joiners make one emoji of several.
        case .format: scalar.value != 0x200D && scalar.value != 0x200C
        default: false
        }
    }
}

extension ShownRows {
    /// How to see what a table leaves out, as statements that can be typed.
    package func advice(on layout: TableLayout) -> [String] {
        guard !code.isEmpty else { return [] }
        var advice: [String] = []
        if !layout.hiddenRows.isEmpty {
            let count = min(layout.hiddenRows.count, 40)
            advice.append(
                "more rows: show \(code) | take(\(count), offset = \(layout.hiddenRows.lowerBound)); all of them: show \(code) as csv")
        }
        if !layout.hiddenColumns.isEmpty {
            let names = layout.hiddenColumns.prefix(8).map { Name($0, SourceSpan(0, 0)).code }
            advice.append("more columns: show \(code) | select(\(names.joined(separator: ", ")))")
        }
        return advice
    }
}
