import ChildPrograms
import Foundation
import Testing

/// Mistakes and faults end in one message and in the exit code that belongs to it.
@Suite struct MistakeTests {
    private let line: CommandLine

    init() throws { line = try CommandLine() }

    private static let ingest = """
        ```tick ingest
        table raw.prices = csv("data/inbox/*.csv") | key(symbol, date)
        ```

        """

    private func prices() throws { try line.write("data/inbox/a.csv", "symbol,date,close\nA,2020-01-02,1.5\nA,2020-01-03,2.5\n") }

    private func expect(_ ended: Ended, _ code: Int32, _ words: String..., sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(ended.code == code, "\(ended.errors)", sourceLocation: sourceLocation)
        for part in words { #expect(ended.errors.contains(part), "\(ended.errors)", sourceLocation: sourceLocation) }
        #expect(!ended.errors.contains("Fatal error"), sourceLocation: sourceLocation)
    }

    @Test func notebookThatIsNotThere() throws {
        expect(try line.tickbook("run", "nope.md"), 2, "'nope.md' cannot be read: there is no such file")
    }

    @Test func notebookWithoutCells() throws {
        try line.notebook("Only prose.\n")
        expect(try line.tickbook("run", "notebook.md"), 2, "the notebook has no cells")
    }

    @Test func unclosedFence() throws {
        try line.notebook("```tick a\nparam x = 1\n")
        expect(try line.tickbook("run", "notebook.md"), 2, "notebook.md:4:1", "the fence of cell 'a' is never closed")
    }

    @Test func twoTablesOfOneName() throws {
        try prices()
        try line.notebook(Self.ingest + Self.ingest.replacing("tick ingest", with: "tick again"))
        expect(try line.tickbook("run", "notebook.md"), 2, "table 'raw.prices' is defined twice")
    }

    @Test func tablesInACircle() throws {
        try line.notebook("```tick a\ntable t.a = t.b | take(1)\ntable t.b = t.a | take(1)\n```\n")
        expect(try line.tickbook("run", "notebook.md"), 2, "t.a → t.b → t.a")
    }

    @Test func unknownCell() throws {
        try prices()
        try line.notebook(Self.ingest)
        expect(try line.tickbook("run", "notebook.md", "--only", "nope"), 2, "no cell 'nope'; it has ingest")
    }

    @Test func inputThatIsNotMadeYet() throws {
        try prices()
        try line.notebook(Self.ingest + "```tick b\ntable t.b = raw.prices | take(1)\n```\n")
        expect(try line.tickbook("run", "notebook.md", "--only", "b"), 1, "notebook.md:8:1", "The table 'raw.prices' is not there")
    }

    @Test(arguments: [
        ("horizon", "-p expects name=value"), ("nope=1", "no parameter 'nope'"), ("span=x", "'x' does not fit parameter 'span'"),
    ])
    func wrongParameter(argument: String, words: String) throws {
        try prices()
        try line.notebook("```tick params\nparam span = 2\n```\n" + Self.ingest + "```tick b\ntable t.b = raw.prices | take(span)\n```\n")
        expect(try line.tickbook("run", "notebook.md", "-p", argument), 2, words)
    }

    @Test func wrongUsage() throws {
        expect(try line.tickbook("run"), 2, "Missing expected argument '<notebook>'")
        expect(try line.tickbook("query", "x", "--format", "xml"), 2, "'table', 'csv' or 'json'")
        expect(try line.tickbook("nope"), 2)
    }

    @Test func unknownTableAndModel() throws {
        expect(try line.tickbook("query", "nope"), 2, "unknown table 'nope'")
        expect(try line.tickbook("table", "history", "nope"), 1, "There is no table 'nope'")
        expect(try line.tickbook("serve", "nope"), 1, "no model nope")
    }

    @Test func missingEngineIsOneSentenceWithTheRemedy() throws {
        try prices()
        try line.notebook(Self.ingest)
        let ended = try line.tickbook("run", "notebook.md", environment: ["TICKBOOK_DUCKDB": "/nonexistent"])
        expect(ended, 2, "no DuckDB library could be opened: /nonexistent", "run `make deps`")
        expect(try line.tickbook("doctor", environment: ["TICKBOOK_DUCKDB": "/nonexistent"]), 1)
    }

    @Test func checkReportsEveryMistakeAndRunsNothing() throws {
        try prices()
        try line.notebook(Self.ingest + "```tick b\ntable t.b = raw.prices | where(clse > 1) | selct(date)\n```\n")
        let ended = try line.tickbook("check", "notebook.md")
        expect(ended, 2, "clse", "selct")
        #expect(try FileManager.default.contentsOfDirectory(atPath: line.path + "/data") == ["inbox"])
    }

    @Test func unwritableWorkspace() throws {
        try prices()
        try line.notebook(Self.ingest)
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: line.path + "/data")
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: line.path + "/data") }
        let ended =
            getuid() == 0
            ? try CommandLine.run(
                "/usr/bin/setpriv", ["--bounding-set=-dac_override", CommandLine.program, "run", "notebook.md"],
                in: line.path)
            : try line.tickbook("run", "notebook.md")
        expect(ended, 1, "'\(line.path)/data/raw/prices' cannot be written: Permission denied", "--workspace")
        #expect(ended.errors.components(separatedBy: "the record of this run cannot be kept").count == 2, "\(ended.errors)")
    }

    @Test func interruptedRunKeepsEarlierCellsAndGoesOnLater() throws {
        let days = 4_000
        var text = "symbol,date,close\n"
        for symbol in 0..<100 {
            for day in 0..<days { text += "S\(symbol),\(1990 + day / 336)-\(two(day / 28 % 12 + 1))-\(two(day % 28 + 1)),\(day % 97).5\n" }
        }
        try line.write("data/inbox/a.csv", text)
        let slow = (0..<30).map { "a\($0) = stddev(close, \(200 + $0))" }.joined(separator: ", ")
        try line.notebook(Self.ingest + "```tick slow\ntable t.slow = raw.prices\n  | derive(\(slow))\n```\n")
        let run = try CommandLine.start(CommandLine.program, ["run", "-q", "notebook.md"], in: line.path)
        let ingested = line.path + "/data/raw/prices/_delta_log/00000000000000000000.json"
        while run.isRunning, !FileManager.default.fileExists(atPath: ingested) { usleep(1_000) }
        run.interrupt()
        let ended = try run.ended()
        #expect(ended.code == 130, "\(ended.errors)")
        #expect(ended.errors == "cell 'slow': Interrupted. What earlier cells made is kept; run again to go on.\n")
        #expect(try Set(FileManager.default.contentsOfDirectory(atPath: line.path + "/data")) == ["inbox", "raw", "_runs"])
        let next = try line.tickbook("run", "notebook.md")
        #expect(next.code == 0, "\(next.errors)")
        #expect(next.lines.first?.hasSuffix("up to date") == true)
    }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    @Test(arguments: [
        ["--help"], ["run", "--help"], ["query", "--help"], ["check", "--help"], ["explain", "--help"], ["table", "list", "--help"],
    ])
    func helpIsThere(arguments: [String]) throws {
        let ended = try CommandLine.run(CommandLine.program, arguments, in: line.path)
        #expect(ended.code == 0)
        #expect(ended.output.contains("USAGE: tickbook"))
    }
}
