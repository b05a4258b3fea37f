import Columnar
import Indicators
import Language

/// The tables that cases read: what the checker knows of them, and their rows.
enum Fixtures {
    static let functions = FunctionLibrary(BuiltinIndicators.all.map(\.function))

    static let rows: [String: RecordBatch] = [
        "prices": prices, "sectors": sectors, "raw.stocks": prices, "labelled": labelled, "one": one, "inbox/*.csv": files,
    ]

    static var catalog: InMemoryCatalog {
        let key = Key(entity: ["symbol"], time: "date")
        var tables: [String: TableShape] = [:]
        for (name, batch) in rows where !name.contains("*") {
            tables[name] = TableShape(columns: batch.schema.fields.map { ColumnShape(name: $0.name, type: $0.type) })
        }
        for name in ["prices", "labelled", "raw.stocks"] { tables[name]!.key = key }
        let index = tables["labelled"]!.columns.firstIndex { $0.name == "up" }!
        tables["labelled"]!.columns[index].lookAhead = LookAhead(rows: 1, path: ["up", "next(close, 1)"])
        return InMemoryCatalog(tables: tables, files: ["inbox/*.csv": files.schema, "data/inbox/*.csv": files.schema], modelNames: [])
    }

    private static let prices = batch(
        [
            Field("symbol", .string), Field("date", .date), Field("open", .double), Field("high", .double), Field("low", .double),
            Field("close", .double), Field("volume", .int),
        ],
        [
            ["AAPL", "2012-02-28", 10.0, 12.0, 9.0, 11.0, 100], ["AAPL", "2012-02-29", 11.0, 13.0, 10.0, 12.0, 200],
            ["AAPL", "2012-03-01", 12.0, 12.5, 11.0, 11.5, 150], ["AAPL", "2012-03-02", 11.5, 14.0, 11.0, 13.5, 300],
            ["MSFT", "2012-02-28", 30.0, 31.0, 29.0, 30.5, 400], ["MSFT", "2012-02-29", 30.5, 32.0, 30.0, nil, 500],
            ["MSFT", "2012-03-02", 31.0, 31.5, 30.0, 31.0, nil],
        ])

    private static let sectors = batch(
        [Field("symbol", .string), Field("sector", .string)], [["AAPL", "hardware"], ["IBM", "services"], ["MSFT", "software"]])

    private static let labelled = batch(
        [Field("symbol", .string), Field("date", .date), Field("close", .double), Field("up", .bool)],
        [["AAPL", "2012-02-28", 11.0, true], ["AAPL", "2012-02-29", 12.0, false]])

    private static let files = batch(
        [
            Field("Ticker", .string), Field("Date", .date), Field("Open", .double), Field("High", .double), Field("Low", .double),
            Field("Close", .double), Field("Volume", .int), Field("Adj Close", .double),
        ],
        [["IBM", "2012-03-01", 1.0, 2.0, 0.5, 1.5, 10, 1.4], ["IBM", "2012-03-02", 1.0, 0.5, 0.7, 1.5, 10, 1.4]])

    /// One row with a column of each type and its awkward values.
    private static let one = batch(
        [
            Field("i", .int), Field("zero", .int), Field("most", .int), Field("least_int", .int), Field("no_int", .int),
            Field("x", .double), Field("nought", .double),
            Field("huge", .double), Field("below", .double), Field("no_double", .double), Field("text", .string), Field("words", .string),
            Field("number", .string), Field("no_text", .string),
            Field("yes", .bool), Field("no", .bool), Field("unknown", .bool), Field("day_text", .string), Field("on", .date),
            Field("never", .date), Field("at", .timestamp),
        ],
        [
            [
                7, 0, .some(Value.int(.max)), .some(Value.int(.min)), nil, 2.5, 0.0, 1.7e308, -2.5, nil, "Ärger & żółć", " \tabc\n", "12.7",
                nil, true, false, nil, "2012-03-01",
                .some(Value.date(15400)), nil, .some(Value.timestamp(1_330_594_205_000_006)),
            ]
        ])

    private static func batch(_ fields: [Field], _ rows: [[(any Cell)?]]) -> RecordBatch {
        let columns = fields.enumerated().map { index, field in
            var builder = ColumnBuilder(type: field.type)
            for row in rows { builder.append(row[index].map { $0.value(as: field.type) } ?? .null) }
            return builder.finish()
        }
        return RecordBatch(schema: Schema(fields), columns: columns, count: rows.count)
    }
}

/// A value as a fixture writes it.
protocol Cell { func value(as type: DataType) -> Value }

extension Int: Cell { func value(as type: DataType) -> Value { .int(Int64(self)) } }
extension Double: Cell { func value(as type: DataType) -> Value { .double(self) } }
extension Bool: Cell { func value(as type: DataType) -> Value { .bool(self) } }
extension Value: Cell { func value(as type: DataType) -> Value { self } }
extension String: Cell {
    func value(as type: DataType) -> Value { type == .date ? .date(CalendarDate(iso: self)!.days) : .string(self) }
}
