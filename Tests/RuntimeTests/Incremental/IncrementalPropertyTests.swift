import Columnar
import Foundation
import Testing

@testable import Runtime

/// Any sequence of incremental runs gives the same bits in every column as one full refresh.
@Suite struct IncrementalPropertyTests {
    /// Layouts of the tables, first to last.
    static let layouts = ["symbol", "symbol, year(date), month(date)", "year(date)", ""]

    @Test(arguments: 0..<16)
    func incrementalRunsEqualOneFullRefresh(seed: Int) throws {
        let workspace = try TestWorkspace()
        let cells = Self.cells(partition: Self.layouts[seed % Self.layouts.count])
        var history = RandomHistory(seed: UInt64(seed))
        var edits: [RandomHistory.Edit] = []
        try Self.store(history, in: workspace)
        try workspace.run(cells)
        var changesOnly = 0
        for _ in 0..<6 {
            edits.append(history.edit())
            try Self.store(history, in: workspace)
            let run = try workspace.run(cells)
            changesOnly += run.tables.values.count { if case .changes = $0.work.extent, $0.staleness != nil { true } else { false } }
            let fresh = try workspace.copy()
            try fresh.run(cells, fullRefresh: true)
            for table in Self.tables {
                let (incremental, full) = (try workspace.bits(of: table), try fresh.bits(of: table))
                #expect(incremental == full, "\(table) differs after \(edits) with seed \(seed)")
            }
        }
        #expect(changesOnly > 0, "no run was incremental; edits \(edits)")
    }

    static let tables = [
        "raw.stocks", "curated.daily", "curated.features", "curated.second", "curated.chosen", "curated.filtered", "curated.recursive",
        "curated.mixed", "curated.first", "curated.tied",
    ]

    static func cells(partition: String) -> String {
        let layout = partition.isEmpty ? "" : "\n  | partition(\(partition))"
        return """
            ```tick ingest
            table raw.stocks =
              csv("data/inbox/*.csv")
              | rename(symbol = Ticker, date = Date, close = Close, high = High, low = Low)
              | require(high >= low, else = reject)
              | key(symbol, date)\(layout)
            ```
            ```tick process
            table curated.daily = raw.stocks | latest() | select(symbol, date, close, high)\(layout)
            ```
            ```tick features
            table curated.features =
              curated.daily
              | derive(r = change(close), ma = sma(close, 5), early = sma(close, 4, partial = true), sd = stddev(r, 4),
                       back = prev(close, 2), top = max(high, 3), place = rank(close, 6))\(layout)
            table curated.second =
              curated.features
              | where(close > 100)
              | derive(ahead = next(close, 2) - close, low = min(ma, 3), total = sum(r, 7))\(layout)
            table curated.chosen = curated.daily | where(symbol == "B", close > 500)
            table curated.filtered =
              curated.daily
              | where(close > sma(close, 3))
              | derive(d = diff(close, 2))\(layout)
            table curated.recursive =
              curated.daily
              | derive(fast = ema(close, 3), slow = ema(sma(fast, 2), 4), r = change(close, 2))
              | where(fast > 300)
              | derive(second = ema(slow, 2), back = prev(close))\(layout)
            table curated.mixed = curated.recursive | derive(ahead = next(second), again = ema(close, 3))\(layout)
            table curated.first = curated.daily | take(20)
            table curated.tied = curated.daily | sort(close > 500) | take(15)
            ```
            """
    }

    private static func store(_ history: RandomHistory, in workspace: TestWorkspace) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: workspace.path + "/data/inbox") where history.files[name] == nil {
            try workspace.remove(name)
        }
        for (name, rows) in history.files { try workspace.write(name, prices(rows.map { ($0.symbol, date($0.day), $0.close) })) }
    }

    private static func date(_ day: Int) -> String { Value.date(Int32(15_300 + day)).description }
}

extension TestWorkspace {
    /// Another workspace with the same content.
    func copy() throws -> TestWorkspace {
        let other = try TestWorkspace()
        try FileManager.default.removeItem(atPath: other.path)
        try FileManager.default.copyItem(atPath: path, toPath: other.path)
        return other
    }

    /// A table's rows as bit patterns, in the order of their keys; rows of one key in the order they stand.
    func bits(of table: String) throws -> [String] {
        var rows: [(key: String, bits: String)] = []
        for batch in try batches(table) {
            for row in 0..<batch.count {
                let key = "\(batch.column("symbol")![row]) \(batch.column("date")![row])"
                rows.append((key, batch.columns.map { $0[row].bits }.joined(separator: "|")))
            }
        }
        let places = rows.indices.sorted { (rows[$0].key, $0) < (rows[$1].key, $1) }
        return places.map { rows[$0].bits }
    }
}

extension Value {
    fileprivate var bits: String {
        if case .double(let number) = self { String(number.bitPattern, radix: 16) } else { description }
    }
}
