import ChildPrograms
import Foundation
import Testing

/// The runs in the life of a small workspace, each with something else to do.
enum Moment: CaseIterable, Sendable {
    case firstRun, newFile, withdrawnFile

    static let notebook = """
        ```tick ingest
        table raw.prices = csv("data/inbox/*.csv")
          | require(volume >= 0, else = reject)
          | key(symbol, date)
          | partition(symbol)
        ```
        ```tick process
        table t.daily = raw.prices | latest() | partition(symbol, year(date), month(date))
        ```
        ```tick features
        table t.features = t.daily | derive(r = change(close), ma = sma(close, 7), sd = stddev(r, 14), slow = ema(close, 5)) | partition(symbol)
        ```
        ```tick train
        model direction = t.features | target(up = next(close, 1) > close) | features(r, ma, sd) | split(train = 0.8) | fit(logistic(C = 1.0))
        ```

        """
    /// In the order they are committed.
    static let tables = ["raw.prices__rejects", "raw.prices", "t.daily", "t.features"]

    /// Changes the inbox as it is changed before this run. The new file also corrects rows and adds some late ones.
    func changeInbox(of line: CommandLine) throws {
        switch self {
        case .firstRun:
            try line.notebook(Self.notebook)
            try line.write("data/inbox/a.csv", Self.prices(days: [0..<100], factor: 1))
            try line.write("data/inbox/b.csv", Self.prices(days: [104..<140], factor: 1))
        case .newFile: try line.write("data/inbox/c.csv", Self.prices(days: [60..<64, 100..<102, 140..<150], factor: 1.25))
        case .withdrawnFile: try FileManager.default.removeItem(atPath: line.path + "/data/inbox/b.csv")
        }
    }

    /// Every ninth day of a symbol is rejected.
    static func prices(symbols: [String] = ["A", "B", "C"], days: [Range<Int>], factor: Double) -> String {
        var lines = ["symbol,date,close,volume"]
        for (number, symbol) in symbols.enumerated() {
            for day in days.joined() {
                let date = "\(2020 + day / 336)-\(two(day / 28 % 12 + 1))-\(two(day % 28 + 1))"
                let close = factor * Double((day * 7919 + number * 104_729) % 9973 + 100) / 7
                lines.append("\(symbol),\(date),\(close),\(day % 9 == 0 ? -1 : day)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// What a reader finds in a workspace.
struct Contents: Equatable {
    /// The rows of each of `Moment.tables` as sorted lines of CSV, with all digits; nil where there is no table.
    var tables: [[String]?] = []
    /// The newest version of the model, as it is stored; nil where there is none.
    var model: Data?

    static func read(_ line: CommandLine) throws -> Contents {
        var contents = Contents()
        for table in Moment.tables {
            let answer = try line.tickbook("query", table, "--format", "csv")
            let isMissing = answer.code == 2 && answer.errors.contains("unknown table")
            try #require(answer.code == 0 || isMissing, "\(table): \(answer.errors)")
            contents.tables.append(isMissing ? nil : answer.lines.sorted())
        }
        if let newest = try line.modelVersions().last {
            contents.model = try Data(contentsOf: URL(fileURLWithPath: line.path + "/models/direction/v\(newest)/model.json"))
        }
        return contents
    }
}

extension CommandLine {
    /// The versions in a table's log, in rising order.
    func versions(of table: String) throws -> [Int] {
        try entries(of: "data/" + table.replacing(".", with: "/") + "/_delta_log")
            .filter { !$0.hasPrefix(".") && $0.hasSuffix(".json") }.compactMap { Int($0.dropLast(5)) }.sorted()
    }

    func modelVersions() throws -> [Int] {
        try entries(of: "models/direction").filter { $0.hasPrefix("v") }.compactMap { Int($0.dropFirst()) }.sorted()
    }

    /// Names in a folder of the workspace; none where there is no such folder.
    func entries(of folder: String) throws -> [String] {
        guard FileManager.default.fileExists(atPath: path + "/" + folder) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: path + "/" + folder)
    }

    func run(environment: [String: String] = [:]) throws -> Ended { try tickbook("run", "notebook.md", environment: environment) }
}
