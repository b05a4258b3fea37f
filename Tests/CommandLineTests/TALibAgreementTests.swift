import ChildPrograms
import Foundation
import Testing

/// Built-in functions beside those of the library itself, through its bridge, on every row of real prices of five symbols.
@Suite(.enabled(if: TALib.library != nil)) struct TALibAgreementTests {
    @Test func functionsOfRangesCountTheSamePricesAsEqual() throws {
        let line = try CommandLine.sample()
        let plugin = line.path + "/plugins/talib"
        try FileManager.default.createDirectory(atPath: line.path + "/plugins", withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: repositoryFolder + "/plugins/talib", toPath: plugin)
        let environment = ["TICKBOOK_TALIB": try #require(TALib.library)]
        for command in ["build", "add"] {
            let ended = try line.tickbook("plugin", command, "talib", environment: environment)
            #expect(ended.code == 0, "\(ended.errors)")
        }
        try line.notebook(
            """
            ```tick all
            use talib
            table raw = csv("data/inbox/*.csv")
              | rename(symbol = Ticker, date = Date, high = High, low = Low, close = Close, volume = Volume, adj = `Adj Close`)
              | key(symbol, date)
            table apart = raw
              | derive(
                  flow = mfi(high, low, close, volume, 14) - ta_mfi(high, low, close, volume, 14),
                  channel = cci(high, low, close, 14) - ta_cci(high, low, close, 14),
                  range = williams_r(high, low, close, 14) - ta_willr(high, low, close, 14))
              | summarize(rows = count(), flow = max(abs(flow)), channel = max(abs(channel)), range = max(abs(range)))
            ```

            """)
        let run = try line.tickbook("run", "notebook.md", environment: environment)
        #expect(run.code == 0, "\(run.errors)")
        let rows = try line.tickbook("query", "apart", "--format", "csv").lines
        let numbers = try #require(rows.last).split(separator: ",").compactMap { Double($0) }
        #expect(numbers.count == 4 && numbers[0] > 10_000 && numbers.dropFirst().allSatisfy { $0 < 1e-8 }, "\(rows)")
    }
}

/// The library of the wheel ta-lib.
private enum TALib {
    static let library: String? = {
        let folder = repositoryFolder + "/.deps/venv/lib/python3.11/site-packages/ta_lib.libs"
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return entries.first { $0.hasPrefix("libta") }.map { folder + "/" + $0 }
    }()
}
