import Columnar
import Testing

@testable import Language

/// What a Tab offers, with the cursor at `¦`.
struct CompletionTests {
    struct Case: CustomTestStringConvertible {
        let text: String
        /// The labels offered; of more than these, those that come first.
        let offered: [String]
        var isWhole = true
        var testDescription: String { text }
    }

    private static func all(_ text: String, _ offered: String...) -> Case { Case(text: text, offered: offered) }
    private static func first(_ text: String, _ offered: String...) -> Case { Case(text: text, offered: offered, isWhole: false) }

    static let verbs = [
        first("raw.prices | ¦", "rename", "select", "drop", "derive", "where"),
        all("raw.prices | de¦", "derive", "describe"),
        all("raw.prices\n  | where(close > 3)\n  | su¦", "summarize"),
        all("raw.prices | group(symbol) | ¦", "summarize"),
        all("model up = raw.prices | target(u = next(close, 1) > close) | fea¦", "features"),
        first("model up = raw.prices | target(u = next(close, 1) > close) | ¦", "features", "split", "walk_forward", "fit", "calibrate"),
        all("raw.prices | fi¦"),
        all("table x = (raw.prices | la¦", "latest"),
        all("raw.prices | join((curated | dr¦", "drop"),
    ]

    static let columns = [
        first("raw.prices | where(¦", "symbol", "date", "open", "close", "volume", "Adj Close", "abs"),
        all("raw.prices | where(clo¦", "close"),
        all("raw.prices | where(CLO¦", "close"),
        all("raw.prices | drop(¦", "symbol", "date", "open", "close", "volume", "Adj Close"),
        all("raw.prices | drop(open, ¦", "symbol", "date", "close", "volume", "Adj Close"),
        all("raw.prices | rename(price = close) | where(pri¦", "price"),
        all("raw.prices | rename(price = close) | drop(clo¦"),
        all("raw.prices | rename(new = vo¦", "volume"),
        all("raw.prices | rename(¦"),
        all("raw.prices | derive(gain = change(close)) | where(ga¦", "gain", "gain_of"),
        all("raw.prices | derive(gain = change(close), twice = gai¦", "gain", "gain_of"),
        all("raw.prices | select(symbol, date) | drop(¦", "symbol", "date"),
        all("raw.prices | drop(open, volume) | sort(¦", "symbol", "date", "close", "Adj Close", "desc"),
        all("raw.prices | join(sectors, on = symbol) | where(sect¦", "sector"),
        all("raw.prices | join(sectors, on = [¦", "symbol", "date", "open", "close", "volume", "Adj Close"),
        all("raw.prices | where(volume in [hor¦", "horizon"),
        all("raw.prices | join(sectors, on = [sy¦", "symbol"),
        all("raw.prices | group(symbol) | summarize(mean = avg(close)) | drop(¦", "symbol", "mean"),
        first("raw.prices | summarize(mean = ¦", "count", "sum", "avg"),
        all("raw.prices | summarize(mean = avg(clo¦", "close"),
        all("recent | drop(¦", "symbol", "date", "close"),
        // A verb with a mistake is passed over.
        all("raw.prices | where(nowhere > 3) | derive(gain = change(close)) | drop(gai¦", "gain"),
        all("raw.prices | where(close > prev(clo¦", "close"),
        all("raw.prices | where((close > 3) and (op¦", "open"),
        all("raw.prices | partition(da¦", "date", "day"),
        all("unknown.table | where(clo¦"),
        all("csv(\"data/*.csv\") | where(Ti¦", "Ticker"),
        all("raw.prices\n  | derive(a = close) # as it is\n  | drop(a¦", "a"),
        all("raw.prices | where(`Adj¦", "Adj Close"),
        all("raw.prices | where(Adj¦", "Adj Close"),
        all("assert(raw.prices, clo¦", "close"),
        first("assert(raw.prices, ¦", "symbol", "date"),
        all("assert(raw.prices, uni¦", "unique"),
        all("assert(raw.prices, unique(sym¦", "symbol"),
    ]

    static let arguments = [
        first("raw.prices | derive(a = sma(¦", "symbol", "date", "open"),
        all("raw.prices | derive(a = sma(close, ¦", "n =", "partial =", "horizon"),
        all("raw.prices | derive(a = sma(close, n = ¦", "horizon"),
        all("raw.prices | derive(a = sma(close, n = 3, ¦", "partial =", "true", "false"),
        all("raw.prices | derive(a = sma(close, partial = ¦", "true", "false"),
        all("raw.prices | derive(a = bands(close, 3).¦", "upper", "lower"),
        all("raw.prices | derive(a = bands(close, 3).up¦", "upper"),
        all("raw.prices | derive(a = gain_of(close, ¦", "n =", "2", "horizon"),
        all("raw.prices | take(¦", "count =", "offset ="),
        all("raw.prices | take(3, ¦", "offset ="),
        all("raw.prices | require(close > 0, else = ¦", "reject", "fail", "warn"),
        all("raw.prices | join(sectors, ¦", "on =", "kind ="),
        all("raw.prices | join(sectors, on = symbol, kind = ¦", "inner", "left"),
        all("raw.prices | join(¦", "recent", "broken", "curated", "raw.prices", "sectors", "csv", "parquet", "("),
        all("raw.prices | where(close > 3 a¦", "and"),
        all("csv(\"data/*.csv\", del¦", "delimiter ="),
        all("csv(\"data/*.csv\", header = ¦", "true", "false"),
        all("csv(\"data/*.csv\", types = types(Date = da¦", "date"),
        first("model up = raw.prices | fit(¦", "logistic", "forest"),
        all("model up = raw.prices | fit(logistic(pen¦", "penalty ="),
        all("model up = raw.prices | fit(logistic(penalty = ¦", "l2", "none"),
        all("model up = raw.prices | fit(forest(¦", "trees ="),
        all("model up = raw.prices | split(¦", "train =", "embargo ="),
        all("model up = raw.prices | calibrate(¦", "sigmoid", "isotonic"),
        all("model up = raw.prices | calibrate(sigmoid, ¦", "share ="),
        all("model up = raw.prices | fit(logistic(standardize = ¦", "true", "false"),
    ]

    static let statements = [
        first("¦", "recent", "broken", "curated", "raw.prices", "sectors", "csv", "parquet", "param"),
        all("raw¦", "raw.prices"),
        all("raw.p¦", "raw.prices"),
        all("sho¦", "show"),
        all("let x = sec¦", "sectors"),
        all("let x = ¦", "recent", "broken", "curated", "raw.prices", "sectors", "csv", "parquet"),
        all("table tested = raw¦", "raw.prices"),
        all("show rec¦", "recent"),
        all("show raw.prices as ¦", "table", "csv", "json"),
        all("show raw.prices | take(3) as c¦", "csv"),
        all("show raw.prices ¦", "as"),
        all("plot raw.prices | li¦", "line"),
        first("plot raw.prices | ¦", "line", "candlestick", "histogram", "scatter"),
        all("plot raw.prices | line(cl¦", "close"),
        all("plot raw.prices | line(close, col¦", "color ="),
        all("plot raw.prices | line(close, color = sy¦", "symbol"),
        all("plot raw.prices | histogram(close, bins = ¦", "30", "horizon", "threshold"),
        all("plot raw.prices | line(close) ¦", "to"),
        all("use ¦", "momentum"),
        all("serve ¦", "direction", "old"),
        all("serve direction ¦", "on"),
        all("let a = raw.prices\nlet b = cur¦", "curated"),
        all("raw.prices | take(3)\nrec¦", "recent"),
        all("indicator double(x, n = 2) = sm¦", "sma"),
        all("raw.prices | where(close > 3) # cl¦"),
        all("raw.prices | where(symbol == \"cl¦", "cl/"),
        all("csv(\"data/¦", "data/prices.csv", "data/old/"),
        all("raw.prices | take(12¦"),
    ]

    static let commands = [
        all(":¦", ":cells", ":run", ":at", ":help"),
        all("  :ru¦", ":run"),
        all(":run ¦", "ingest", "features", "all", "stale"),
        all(":run fe¦", "features"),
        all(":run features ¦"),
        all(":at raw¦", "raw.prices"),
        all(":at raw.prices ¦", "7", "6"),
        all(":help sma¦", "sma"),
        all(":help :r¦", ":run"),
        all(":unheard ¦"),
    ]

    @Test(arguments: verbs + columns + arguments + statements + commands)
    func offers(_ sample: Case) throws {
        let parts = sample.text.split(separator: "¦", omittingEmptySubsequences: false)
        let text = parts.joined()
        let found = Completer(Self.names).complete(text, at: parts[0].utf8.count)
        let labels = found?.candidates.map(\.label) ?? []
        #expect(sample.isWhole ? labels == sample.offered : Array(labels.prefix(sample.offered.count)) == sample.offered, "\(labels)")
    }

    @Test(arguments: [
        ("raw.prices | where(clo¦", "raw.prices | where(close"), ("raw.prices | der¦", "raw.prices | derive("),
        ("raw.prices | where(Adj¦", "raw.prices | where(`Adj Close`"), ("raw.prices | where(`Ad¦", "raw.prices | where(`Adj Close`"),
        ("raw.prices | derive(a = sma(close, par¦", "raw.prices | derive(a = sma(close, partial = "),
        ("csv(\"data/p¦", "csv(\"data/prices.csv\""), ("csv(\"data/o¦", "csv(\"data/old/"), ("raw.prices | la¦", "raw.prices | latest()"),
        ("raw.prices | where(SYM¦ > 3)", "raw.prices | where(symbol > 3)"), ("läßt | where(¦", "läßt | where("),
    ])
    func putsIn(_ text: String, _ completed: String) throws {
        let parts = text.split(separator: "¦", omittingEmptySubsequences: false)
        let found = Completer(Self.names).complete(parts.joined(), at: parts[0].utf8.count)
        let insertion = found?.insertion ?? ""
        let start = found?.insertion == nil ? parts[0].utf8.count : found!.range.start
        let result = String(decoding: Array(parts[0].utf8).prefix(start), as: UTF8.self) + insertion + parts[1]
        #expect(result == completed)
    }

    /// Whatever is typed, and wherever the cursor is, an answer comes, and what it replaces is what stands before the cursor.
    @Test func answersAnywhere() {
        let texts = (Self.verbs + Self.columns + Self.arguments + Self.statements + Self.commands).map { $0.text.replacing("¦", with: "") }
        for text in texts + [")", "|", "a.b.c(", "((([", "` `", "\"", "show show show", "let let", "= = =", "🙂 | where(🙂"] {
            for cursor in 0...text.utf8.count {
                guard let found = Completer(Self.names).complete(text, at: cursor) else { continue }
                #expect(found.range.end == cursor && found.range.start <= cursor)
                #expect(!found.candidates.isEmpty)
            }
        }
    }

    // MARK: Names

    /// Of a notebook one of whose cells is wrong.
    private static let names: CompletionNames = {
        let prices = TableShape(
            columns: [
                ColumnShape(name: "symbol", type: .string), ColumnShape(name: "date", type: .date),
                ColumnShape(name: "open", type: .double),
                ColumnShape(name: "close", type: .double), ColumnShape(name: "volume", type: .int),
                ColumnShape(name: "Adj Close", type: .double),
            ], key: Key(entity: ["symbol"], time: "date"))
        let sectors = TableShape(columns: [ColumnShape(name: "symbol", type: .string), ColumnShape(name: "sector", type: .string)])
        let forest = ModelFunction(
            name: "forest", documentation: "Trees.", parameters: [SeriesFunction.Parameter("trees", .int, minimum: 1)], identity: "forest")
        let catalog = InMemoryCatalog(
            tables: ["raw.prices": prices, "sectors": sectors], files: ["data/*.csv": Schema([Field("Ticker", .string)])],
            modelNames: ["old"], plugins: ["momentum": PluginContents(models: [forest])])
        let text = """
            param horizon = 3
            param threshold = 0.5
            use momentum
            indicator gain_of(x, n = 2) = sma(change(x), n)
            let recent = raw.prices | where(close > threshold) | select(symbol, date, close)
            table curated = raw.prices | derive(late = prev(close, horizon))
            table broken = raw.prices | where(nothing > 3)
            model direction = nothing | fit(
            """
        let (statements, _) = Parser.parse(text)
        let tree = SyntaxTree(cells: [CellSyntax(name: "all", statements: statements)])
        let (_, diagnostics, names) = NotebookChecker.checkNaming(
            tree, text: text, catalog: catalog, functions: FunctionLibrary(functions))
        precondition(!diagnostics.isEmpty)
        return CompletionNames(
            notebook: names, catalog: catalog, cells: ["ingest", "features"],
            commands: [
                CompletionNames.Command(":cells", "lists cells"),
                CompletionNames.Command(":run", "runs cells", [.cell(orWords: ["all", "stale"])]),
                CompletionNames.Command(":at", "a table as it was", [.table, .version]),
                CompletionNames.Command(":help", "help", [.topic]),
            ], versions: { $0 == "raw.prices" ? [7, 6] : [] },
            files: { typed in ["data/prices.csv", "data/old/", "cl/"].filter { $0.hasPrefix(typed) } })
    }()

    private static let functions = [
        function("sma", parameters: [SeriesFunction.Parameter("n", .int, minimum: 1), .init("partial", .bool, default: .bool(false))]),
        function("bands", parameters: [SeriesFunction.Parameter("n", .int)], outputs: ["upper", "lower"]),
        function("change"), function("prev", parameters: [SeriesFunction.Parameter("n", .int, default: .int(1))]),
        function("next", parameters: [SeriesFunction.Parameter("n", .int, default: .int(1))]),
    ]

    private static func function(
        _ name: String, parameters: [SeriesFunction.Parameter] = [], outputs: [String] = []
    ) -> SeriesFunction {
        SeriesFunction(
            name: name, documentation: "A function.", inputs: [(name: "x", accepts: .double)], parameters: parameters,
            resultType: { _ in .double }, window: { _ in .row }, outputs: outputs)
    }
}
