import ChildPrograms
import Foundation
import Testing

/// The sample notebook from prices to a prediction, as its user sees it.
@Suite(.serialized) struct SampleNotebookTests {
    nonisolated(unsafe) private static let shared = Result { () throws -> (line: CommandLine, first: Ended) in
        let line = try CommandLine.sample()
        return (line, try line.tickbook("run", "notebook.md", "--no-serve"))
    }

    private let line: CommandLine
    private let first: Ended

    init() throws { (line, first) = try Self.shared.get() }

    @Test func runReportsEveryTableAndTheModel() throws {
        #expect(first.code == 0, "\(first.errors)")
        #expect(first.lines.count == 5)
        #expect(first.lines[0].hasPrefix("ingest    raw.stocks                   12,154 rows · 5 partitions · v0 · first run · "))
        #expect(first.lines[2].hasPrefix("features  curated.stocks.indicators    12,154 rows · 586 partitions · v0"))
        #expect(first.lines[3].contains("v1 · 9,602 train + 2,398 test rows · accuracy 0."))
        #expect(first.lines[4].hasPrefix("4 made, 0 up to date"))
    }

    @Test func secondRunHasNothingToDo() throws {
        // Without a library the engine could not be opened: nothing needs it.
        let second = try line.tickbook("run", "notebook.md", "--no-serve", environment: ["TICKBOOK_DUCKDB": "/nonexistent"])
        #expect(second.code == 0, "\(second.errors)")
        #expect(second.lines.last?.hasPrefix("Nothing to do: all 4 results are up to date") == true)
        #expect(second.lines.dropLast().allSatisfy { $0.hasSuffix("up to date") })
    }

    @Test func queryAnswersAsTable() throws {
        let answer = try line.tickbook(
            "query", "curated.stocks.indicators | where(symbol == \"AAPL\") | select(symbol, date, ma_7) | take(8)")
        #expect(answer.code == 0)
        #expect(answer.lines.count == 11)
        #expect(answer.lines[0] == "symbol  date              ma_7")
        #expect(answer.lines[1] == "string  date            double")
        #expect(answer.lines[3] == "AAPL    2000-03-01    ∅")
        #expect(answer.errors.hasPrefix("8 rows"))
    }

    @Test func queryAnswersAsCSV() throws {
        let answer = try line.tickbook(
            "query", "raw.stocks | where(symbol == \"FB\") | select(symbol, date, close) | take(2)", "--format", "csv")
        #expect(answer.output == "symbol,date,close\nFB,2012-05-18,38.2318\nFB,2012-05-21,34.03\n")
    }

    @Test func queryAnswersAsJSON() throws {
        let answer = try line.tickbook("query", "curated.stocks.indicators | select(symbol, date, ma_7) | take(1)", "--format", "json")
        #expect(answer.output == "{\"symbol\":\"AAPL\",\"date\":\"2000-03-01\",\"ma_7\":null}\n")
    }

    @Test func closedPipeEndsTheQueryQuietly() throws {
        let script = "\(CommandLine.program) query raw.stocks --format csv | head -1"
        let ended = try CommandLine.run("/bin/bash", ["-c", script], in: line.path)
        #expect(ended.output == "symbol,date,open,high,low,close,volume,adj_close\n")
        #expect(ended.errors.isEmpty)
    }

    @Test func tableListNamesSizesAndLayout() throws {
        let list = try line.tickbook("table", "list")
        #expect(list.lines.count == 5)
        #expect(list.lines[2].hasPrefix("curated.stocks.indicators"))
        #expect(list.lines[2].hasSuffix("symbol, year(date), month(date)"))
    }

    @Test func tableHistoryNamesVersionsAndInputs() throws {
        let history = try line.tickbook("table", "history", "curated.stocks.indicators")
        #expect(history.lines.count == 2)
        #expect(history.lines[1].contains("WRITE"))
        #expect(history.lines[1].hasSuffix("curated.stocks.daily_prices v0"))
    }

    @Test(arguments: ["tokens", "tree", "plan", "sql"])
    func explainShowsEveryStage(stage: String) throws {
        let explained = try line.tickbook("explain", "notebook.md", "--stage", stage)
        #expect(explained.code == 0, "\(explained.errors)")
        #expect(explained.output.contains("curated"))
        #expect(explained.lines.allSatisfy { $0.count < 2_000 })
    }

    @Test func explainedFilesAreFew() throws {
        let explained = try line.tickbook("explain", "notebook.md", "--stage", "sql")
        #expect(explained.output.contains("… 584 more"))
        #expect(explained.output.contains("-- reads 586 of 586 files of curated.stocks.indicators"))
    }

    @Test(arguments: ["sql", "engine"])
    func aYearOfOneSymbolReadsTwelveFiles(stage: String) throws {
        let pipeline = "curated.stocks.indicators | where(symbol == \"AAPL\", year(date) == 2012)"
        let explained = try line.tickbook("explain", pipeline, "--stage", stage)
        #expect(explained.output.contains("-- reads 12 of 586 files of curated.stocks.indicators"))
        #expect(stage == "sql" || explained.output.contains("Total Files Read: 12"), "\(explained.output)")
    }

    @Test func doctorFindsNothingMissing() throws {
        let doctor = try line.tickbook("doctor")
        #expect(doctor.code == 0)
        #expect(doctor.lines.allSatisfy { $0.hasPrefix("✓") })
        #expect(doctor.output.contains("4 tables, every log reads"))
    }

    @Test func nothingTemporaryIsLeft() throws {
        let entries = try FileManager.default.contentsOfDirectory(atPath: line.path + "/data")
        #expect(Set(entries) == ["inbox", "raw", "curated", "_runs"])
    }

    @Test func serverAnswersAndEndsOnInterrupt() throws {
        let port = try FreePorts.take(1)[0]
        let server = try CommandLine.start(
            CommandLine.program, ["serve", "stock_direction", "--notebook", "notebook.md", "--port", "\(port)"], in: line.path)
        defer { server.terminate() }
        let url = "http://127.0.0.1:\(port)"
        let patience = [
            "--silent", "--retry", "100", "--retry-connrefused", "--retry-delay", "0", "--retry-max-time", "20", "--max-time", "10",
        ]
        let health = try CommandLine.run("/usr/bin/curl", patience + [url + "/health"])
        let said = try server.errors.text
        #expect(health.output.contains("\"model_version\":\"v1\""), "\(health.output) \(said)")
        let body = #"{"daily_return":0.012,"ma_7":1510.5,"ma_14":1505.3,"ma_30":1498.8,"volatility_14":0.018}"#
        let json = ["--header", "Content-Type: application/json", "--data"]
        let prediction = try CommandLine.run("/usr/bin/curl", patience + json + [body, url + "/predict"]).output
        let answer = try #require(try JSONSerialization.jsonObject(with: Data(prediction.utf8)) as? [String: Any])
        #expect(Set(answer.keys) == ["prediction", "probability", "model_version"])
        let status = try CommandLine.run(
            "/usr/bin/curl", patience + ["--output", "/dev/null", "--write-out", "%{http_code}"] + json + ["{}", url + "/predict"])
        #expect(status.output == "422")
        let second = try line.tickbook("serve", "stock_direction", "--port", "\(port)")
        #expect(second.code == 1)
        #expect(second.errors.contains("port \(port) is already in use"))
        try line.write("serving.md", "---\ntickbook: 1\n---\n```tick serve\nserve stock_direction on \(port)\n```\n")
        let run = try line.tickbook("run", "serving.md")
        #expect(run.code == 1)
        #expect(run.errors.contains("choose another in the serve statement or pass it over with --no-serve"), "\(run.errors)")
        server.interrupt()
        server.waitUntilExit()
        #expect(server.terminationStatus == 0)
    }
}
