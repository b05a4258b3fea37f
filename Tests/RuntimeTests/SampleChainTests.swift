import Columnar
import DeltaTable
import Foundation
import Language
import Learning
import Testing

@testable import Runtime

/// The sample notebook on real prices, against an independent calculation and an independent reader.
@Suite(.serialized) final class SampleChainTests {
    private static let made = Result { try SampleChain() }
    private var chain: SampleChain { get throws { try Self.made.get() } }

    private struct Recorded: Decodable {
        struct Sample: Decodable {
            let symbol: String
            let date: String
            let values: [Double?]
        }

        let rows: [String: Int]
        let present: [String: Int]
        let sums: [String: Double]
        let samples: [Sample]
    }

    private static let columns = ["daily_return", "ma_7", "ma_14", "ma_30", "volatility_14"]

    private func recorded() throws -> Recorded {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Recorded/chain.json")
        return try JSONDecoder().decode(Recorded.self, from: Data(contentsOf: path))
    }

    private func indicators() throws -> [String: [Value]] {
        var rows: [String: [Value]] = [:]
        for batch in try chain.workspace.batches(
            "curated.stocks.indicators | select(symbol, date, \(Self.columns.joined(separator: ", ")))")
        {
            for row in 0..<batch.count {
                rows["\(batch.columns[0][row]) \(batch.columns[1][row])"] = batch.columns.dropFirst(2).map { $0[row] }
            }
        }
        return rows
    }

    @Test func sampleRowsAgreeWithAnIndependentCalculation() throws {
        let found = try indicators()
        for sample in try recorded().samples {
            let values = try #require(found["\(sample.symbol) \(sample.date)"])
            for (column, (value, expected)) in zip(Self.columns, zip(values, sample.values)) {
                #expect(
                    agrees(value, expected), "\(sample.symbol) \(sample.date) \(column): \(value), expected \(String(describing: expected))"
                )
            }
        }
    }

    private func agrees(_ value: Value, _ expected: Double?) -> Bool {
        guard let expected else { return value.isNull }
        guard case .double(let number) = value else { return false }
        return abs(number - expected) <= 1e-12 * max(abs(expected), 1e-3)
    }

    @Test func sumsOfColumnsAgreeWithAnIndependentCalculation() throws {
        let rows = try indicators()
        let recorded = try recorded()
        for (index, name) in Self.columns.enumerated() {
            let numbers = rows.values.compactMap { values -> Double? in if case .double(let number) = values[index] { number } else { nil }
            }
            #expect(numbers.count == recorded.present[name])
            let (sum, expected) = (numbers.sorted { abs($0) < abs($1) }.reduce(0, +), try #require(recorded.sums[name]))
            #expect(abs(sum - expected) <= 1e-11 * numbers.reduce(0) { $0 + abs($1) })
        }
    }

    @Test func countsOfRowsAgree() throws {
        let counts = try recorded().rows
        #expect(try chain.run.tables["curated.stocks.indicators"]?.rowCount == counts.values.reduce(0, +))
        #expect(
            try chain.workspace.rows("curated.stocks.daily_prices | group(symbol) | summarize(n = count()) | sort(symbol)")
                == counts.sorted { $0.key < $1.key }.map { "\($0.key)|\($0.value)" })
    }

    @Test func otherDeltaReaderFindsTheSameRows() throws {
        let folder = try chain.workspace.path + "/data/curated/stocks/indicators"
        let answer = try #require(
            try Shell.python(
                "read_table.py",
                [
                    folder, "0",
                    "SELECT symbol, count(*) AS n, sum(ma_7) AS s FROM t WHERE year = 2008 AND month = 9 GROUP BY symbol ORDER BY symbol",
                ])
                as? [String: Any])
        let rows = try #require(answer["rows"] as? [[String: Any]])
        #expect(answer["partitions"] as? [String] == ["symbol", "year", "month"])
        let own = try chain.workspace.rows(
            "curated.stocks.indicators | where(year(date) == 2008 and month(date) == 9) | group(symbol) | summarize(n = count()) | sort(symbol)"
        )
        #expect(rows.map { "\($0["symbol"]!)|\($0["n"]!)" } == own)
    }

    @Test func aQueryOfOneMonthReadsOneFile() throws {
        let context = RunContext(workspace: try chain.workspace.workspace, provider: TestWorkspace.engine)
        let loaded = LoadedNotebook.check(
            pipeline: "curated.stocks.indicators | where(symbol == \"IBM\" and year(date) == 2008 and month(date) == 9)",
            catalog: WorkspaceCatalog(context: context), functions: TestWorkspace.functions)
        guard case .show(let pipeline, _)? = loaded.checked.statements.first?.kind else {
            Issue.record("\(loaded.diagnostics)")
            return
        }
        let files = try #require(try PipelineQuery(context: context).filesRead(pipeline))
        #expect(files.read == 1)
        #expect(files.present == 586)
    }

    @Test func fullRefreshGivesTheSameBits() throws {
        let names = ["curated.stocks.daily_prices", "curated.stocks.indicators"]
        let before = try names.map { try bits(of: $0) }
        let run = try chain.workspace.run(chain.cells, fullRefresh: true)
        #expect(run.tables.values.allSatisfy { $0.staleness == .fullRefresh })
        #expect(try names.map { try bits(of: $0) } == before)
        #expect(run.models["stock_direction"]?.version == 2)
        let coefficients = try (1...2).map {
            try chain.workspace.workspace.models.load("stock_direction", version: $0).classifier as! LogisticModel
        }
        #expect(coefficients[0] == coefficients[1])
    }

    private func bits(of table: String) throws -> [String] {
        try chain.workspace.batches(table + " | sort(symbol, date)").flatMap { batch in
            (0..<batch.count).map { row in
                batch.columns.map { column -> String in
                    guard case .double(let number) = column[row] else { return column[row].description }
                    return String(number.bitPattern, radix: 16)
                }.joined(separator: "|")
            }
        }
    }

    @Test func summarizedSumsDoNotDependOnTheOrderOfFiles() throws {
        let pipeline = "group(symbol) | summarize(total = sum(close), average = avg(close), spread = stddev(close)) | sort(symbol)"
        let raw = try chain.workspace.batches("raw.stocks | \(pipeline)")
        let sorted = try chain.workspace.batches("curated.stocks.daily_prices | sort(close) | \(pipeline)")
        for column in 1...3 {
            for row in 0..<5 { #expect(raw[0].columns[column][row] == sorted[0].columns[column][row]) }
        }
    }
}

/// The sample notebook, run once on the real prices.
private struct SampleChain: Sendable {
    nonisolated(unsafe) let workspace: TestWorkspace
    let cells: String
    let run: TestWorkspace.Run

    init() throws {
        workspace = try TestWorkspace()
        let archive = repositoryFolder + "/.deps/python/bokeh_sampledata/_data/stocks.csv.gz"
        try workspace.write("stocks.csv", try Shell.run("/bin/gunzip", ["--stdout", archive]))
        let text = try String(contentsOfFile: repositoryFolder + "/notebooks/stock_direction.md", encoding: .utf8)
        cells = text.components(separatedBy: "---\n").dropFirst(2).joined(separator: "---\n")
        run = try workspace.run(cells)
    }
}
