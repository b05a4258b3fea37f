import Columnar
import Language
import Testing

@testable import Runtime

@Suite struct TableLayoutTests {
    private func stream(_ fields: [Field], _ rows: [[Value]]) -> any RecordBatchStream {
        let columns = fields.enumerated().map { index, field in
            var builder = ColumnBuilder(type: field.type)
            for row in rows { builder.append(row[index]) }
            return builder.finish()
        }
        let schema = Schema(fields)
        // In batches, as engines give them.
        let batch = RecordBatch(schema: schema, columns: columns, count: rows.count)
        let batches = stride(from: 0, to: rows.count, by: 7).map { batch.slice($0..<min($0 + 7, rows.count)) }
        return InMemoryStream(schema: schema, batches: batches)
    }

    private func numbers(_ count: Int) -> any RecordBatchStream {
        stream([Field("n", .int)], (0..<count).map { [.int(Int64($0))] })
    }

    @Test func numbersAreAlignedAtTheirPointsAndNullsAreSeen() throws {
        let rows = stream(
            [Field("name", .string), Field("x", .double), Field("count", .int)],
            [
                [.string("a"), .double(1.5), .int(10)], [.string("bcd"), .double(-1234.0625), .null], [.null, .double(1e-7), .int(-3)],
                [.string(""), .null, .int(1_000_000)],
            ])
        let layout = try TableLayout(rows, .init())
        #expect(
            layout.lines == [
                "name             x    count",
                "string      double      int",
                "──────  ──────────  ───────",
                "a           1.5          10",
                "bcd     -1234.0625        ∅",
                "∅           1e-07        -3",
                "            ∅       1000000",
            ], "\(layout.lines.joined(separator: "\n"))")
    }

    @Test func wideCharactersTakeTwoCells() throws {
        let rows = stream([Field("収益", .string), Field("b", .bool)], [[.string("日本"), .bool(true)], [.string("abc"), .bool(false)]])
        #expect(try TableLayout(rows, .init()).lines[3...] == ["日本    true", "abc     false"])
    }

    @Test func controlCharactersAreSeenAndDoNothing() throws {
        let rows = stream([Field("text", .string)], [[.string("a\u{1B}[31m\tb\n\u{7F}\u{202E}c\u{85}")]])
        #expect(try TableLayout(rows, .init()).lines[3] == "a␛[31m␉b␊␡\u{FFFD}c\u{FFFD}")
    }

    @Test func longTextsAreCut() throws {
        let rows = stream([Field("a", .string), Field("b", .string)], [[.string(String(repeating: "x", count: 500)), .string("y")]])
        let line = try TableLayout(rows, .init(width: 60)).lines[3]
        #expect(line == String(repeating: "x", count: 29) + "…" + "  y")
    }

    @Test func longResultsShowTheirFirstAndLastRows() throws {
        let layout = try TableLayout(numbers(100), .init(limit: 8))
        #expect(layout.rowCount == 100)
        #expect(layout.hiddenRows == 6..<98)
        #expect(layout.lines[3...].map { $0.trimmingPrefix { $0 == " " } } == ["0", "1", "2", "3", "4", "5", "⋮", "98", "99"])
    }

    @Test(arguments: [0, 1, 7, 8, 39, 40, 41]) func everyRowIsShownOrCounted(count: Int) throws {
        for limit in [0, 1, 5, 8, 40] {
            let layout = try TableLayout(numbers(count), .init(limit: limit))
            let shown = layout.lines[3...].filter { $0 != "⋮" }.count
            #expect(layout.rowCount == count)
            #expect(shown == min(count, limit))
            #expect(shown + layout.hiddenRows.count == count)
        }
    }

    @Test func wideResultsLeaveOutColumnsInTheMiddle() throws {
        let fields = (0..<10).map { Field("column\($0)", .int) }
        let layout = try TableLayout(stream(fields, [fields.map { _ in .int(1) }]), .init(width: 50))
        #expect(layout.lines[0] == "column0  column1  column2  column3  …  column9")
        #expect(layout.hiddenColumns == (4..<9).map { "column\($0)" })
    }

    @Test(arguments: [8, 9, 20, 33, 50, 79]) func noLineIsWiderThanTheTerminal(width: Int) throws {
        let fields = (0..<12).map { Field("column_\($0)", $0.isMultiple(of: 3) ? .string : .double) }
        let row = fields.map { $0.type == .string ? Value.string("値 and more words than fit") : .double(12345.678) }
        let layout = try TableLayout(stream(fields, [row, row]), .init(width: width))
        for line in layout.lines { #expect(TerminalWidth.of(line) <= width, "\(line)") }
    }

    @Test func aDescriptionGoesOnBelowWhereItIsTooWide() throws {
        let fields = DescriptionColumn.fields
        let row = fields.map { $0.type == .string ? Value.string("t") : $0.type == .int ? .int(1) : .double(0.5) }
        let layout = try TableLayout(stream(fields, [row, row]), .init(width: 60))
        #expect(layout.hiddenColumns.isEmpty)
        let headings = layout.lines.filter { $0.hasPrefix("column") }
        #expect(headings.count > 1)
        #expect(Set(headings.flatMap { $0.split(separator: " ") }.map(String.init)) == Set(fields.map(\.name)))
        for line in layout.lines { #expect(TerminalWidth.of(line) <= 60, "\(line)") }
        #expect(try TableLayout(stream(fields, [row]), .init()).lines.count == 4)
    }

    @Test func aTextThatLooksLikeANullIsQuoted() throws {
        let rows = stream([Field("text", .string)], [[.string("∅")], [.null]])
        #expect(try TableLayout(rows, .init()).lines[3...] == ["\"∅\"", "∅"])
    }

    @Test func adviceNamesWhatIsLeftOut() throws {
        let rows = ShownRows(stream: numbers(100), code: "prices | take(100)")
        let layout = try TableLayout(rows.stream, .init(limit: 8))
        #expect(
            rows.advice(on: layout) == [
                "more rows: show prices | take(100) | take(40, offset = 6); all of them: show prices | take(100) as csv"
            ])
        let fields = (0..<30).map { Field("Adj \($0)", .int) }
        let wide = ShownRows(stream: stream(fields, [fields.map { _ in .int(1) }]), code: "prices")
        #expect(wide.advice(on: try TableLayout(wide.stream, .init(width: 30)))[0].hasPrefix("more columns: show prices | select(`Adj "))
    }

    @Test func coloursStandAroundHeadingsAndNulls() throws {
        let rows = stream([Field("x", .int)], [[.null]])
        #expect(try TableLayout(rows, .init(usesColour: true)).lines[3] == "  \u{1B}[2m∅\u{1B}[0m")
    }
}
