import ChildPrograms
import Foundation
import Testing

/// An exported notebook: the same bytes each time, runs elsewhere, and says what does not hold.
@Suite struct BundleTests {
    private let line: CommandLine

    /// A workspace whose notebook uses a plugin of `.tick` files and a parameter, and has run.
    init() throws {
        line = try CommandLine()
        #expect(try line.tickbook("generate", "--to", "data/inbox/a.csv", "--faults", "20").code == 0)
        #expect(try line.tickbook("plugin", "new", "fresh", "--language", "tick").code == 0)
        try line.notebook(
            """
            ```tick ingest
            use fresh
            param days = 3
            table raw = csv("data/inbox/*.csv") | rename(symbol = Ticker, date = Date, close = Close)
              | select(symbol, date, close) | require(close > 0, else = reject) | key(symbol, date)
            ```
            ```tick features
            table out = raw | latest() | derive(r = fresh_change(close, n = 1), m = sma(close, days)) | partition(symbol)
            ```
            ```tick train
            model up = out | target(up = next(close, 1) > close) | features(r, m) | split(train = 0.8) | fit(logistic())
            ```
            ```tick serve
            serve up on 8123
            ```

            """)
        let run = try line.tickbook("run", "notebook.md", "--no-serve", "-p", "days=4")
        try #require(run.code == 0, "\(run.errors)")
    }

    private func export(_ folder: String, _ more: String...) throws {
        let ended = try CommandLine.run(
            CommandLine.program, ["export", "notebook.md", "--to", folder, "-p", "days=4"] + more, in: line.path)
        try #require(ended.code == 0, "\(ended.errors)")
    }

    private func run(_ arguments: String...) throws -> Ended {
        try CommandLine.run(
            line.path + "/bundle/run", arguments, in: "/", environment: ["TICKBOOK": CommandLine.program, "TICKBOOK_DUCKDB": try library()])
    }

    private func library() throws -> String {
        let folder = repositoryFolder + "/.deps/python"
        let entries = try FileManager.default.subpathsOfDirectory(atPath: folder)
        return folder + "/" + (try #require(entries.first { $0.hasPrefix("_duckdb.") && $0.hasSuffix(".so") }))
    }

    private func lockLine(_ start: String) throws -> Int {
        let text = try String(contentsOfFile: line.path + "/bundle/tickbook.lock", encoding: .utf8)
        return try #require(text.split(separator: "\n").firstIndex { $0.hasPrefix(start) }) + 1
    }

    @Test func exportingTwiceGivesTheSameBytes() throws {
        try export("one", "--with-data")
        #expect(try line.tickbook("run", "notebook.md", "--no-serve", "-p", "days=4", "--full-refresh").code == 0)
        try export("two", "--with-data")
        let difference = try CommandLine.run("/usr/bin/diff", ["-r", "one", "two"], in: line.path)
        #expect(difference.code == 0, "\(difference.output)")
    }

    @Test func aBundleRunsElsewhereAndComesToTheSame() throws {
        try export("bundle", "--with-data")
        let ended = try run("--no-serve")
        #expect(ended.code == 0, "\(ended.output)\(ended.errors)")
        #expect(ended.errors == "The lock holds.\n3 results agree with the lock, bit for bit.\n")
        let again = try run("--verify", "--no-serve")
        #expect(again.code == 0, "\(again.output)\(again.errors)")
        #expect(again.output.contains("full refresh asked for"))
    }

    @Test func theContentHashIsIndependentOfLayoutAndOrderOfIngestion() throws {
        try export("bundle")
        try FileManager.default.moveItem(atPath: line.path + "/notebook.md", toPath: line.path + "/first.md")
        let text = try String(contentsOfFile: line.path + "/first.md", encoding: .utf8)
        try line.write("notebook.md", text.replacingOccurrences(of: "partition(symbol)", with: "partition(year(date), symbol)"))
        #expect(try line.tickbook("run", "notebook.md", "--no-serve", "-p", "days=4").code == 0)
        let compared = try line.tickbook("bundle", "compare", "bundle")
        #expect(compared.code == 0, "\(compared.errors)")
    }

    @Test func aChangedInputIsNamedWithItsLineAndByHowMuch() throws {
        try export("bundle", "--with-data")
        let path = line.path + "/bundle/data/inbox/a.csv"
        let content = try String(contentsOfFile: path, encoding: .utf8)
        try (content + "S0001,2040-01-02,1,1,1,1,1,1\n").write(toFile: path, atomically: true, encoding: .utf8)
        let ended = try run("--no-serve")
        #expect(ended.code == 1)
        let number = try lockLine("input ")
        #expect(
            ended.errors
                == "error: tickbook.lock:\(number): input data/inbox/a.csv has \(content.utf8.count) bytes; here it has "
                + "\(content.utf8.count + 29), 29 more\n")
        #expect(ended.output.isEmpty)
    }

    @Test func otherResultsAreNamedWithTheColumnsThatDiffer() throws {
        try export("bundle", "--with-data")
        #expect(try line.tickbook("run", "notebook.md", "--no-serve", "-p", "days=5").code == 0)
        let compared = try line.tickbook("bundle", "compare", "bundle")
        let (table, column) = (try lockLine("table out "), try lockLine("column out m "))
        #expect(compared.code == 1)
        #expect(
            compared.errors.hasPrefix(
                "error: tickbook.lock:\(table): table out has as many rows here, but 1 of its 5 columns differ: m (line \(column))\n"),
            "\(compared.errors)")
    }

    /// Whatever of the expected content is altered in the lock: the first word of the line is found, the altered one put in.
    @Test(arguments: [
        ("table out ", 2, "7", "has 7 rows; here it has "), ("table out ", 3, "00", "has SHA-256 00…; here it is "),
        ("column out m ", 3, "int", "1 of its 5 columns differ: m "), ("column out m ", 4, "00", "1 of its 5 columns differ: m "),
        ("model up ", 2, "7", "up has 7 bytes, "), ("model up ", 3, "00", " bytes, 00…; here it has "),
    ])
    func anAlteredLineOfTheLockIsNoticed(start: String, word: Int, replacement: String, message: String) throws {
        try export("bundle")
        let path = line.path + "/bundle/tickbook.lock"
        var lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
        let number = try lockLine(start)
        var words = lines[number - 1].split(separator: " ")
        words[word] = Substring(replacement)
        lines[number - 1] = Substring(words.joined(separator: " "))
        try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        let compared = try line.tickbook("bundle", "compare", "bundle")
        #expect(compared.code == 1)
        #expect(compared.errors.contains(message), "\(compared.errors)")
    }

    @Test func aChangedPluginDoesNotPass() throws {
        try export("bundle", "--with-data")
        let folder = line.path + "/bundle/plugins/fresh"
        let file = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first { $0.hasSuffix(".tick") })
        let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
        try ("# other\n" + text).write(toFile: "\(folder)/\(file)", atomically: true, encoding: .utf8)
        let ended = try run("--no-serve")
        #expect(ended.code == 1)
        #expect(ended.errors.contains("tickbook.lock:\(try lockLine("plugin "))"), "\(ended.errors)")
        #expect(ended.errors.contains("tickbook.lock:\(try lockLine("file plugins/fresh/\(file)"))"), "\(ended.errors)")
    }

    @Test func otherDataRunWithNothingToCompare() throws {
        try export("bundle")
        try FileManager.default.createDirectory(atPath: line.path + "/bundle/data/inbox", withIntermediateDirectories: true)
        let made = try line.tickbook("generate", "--to", "bundle/data/inbox/b.csv", "--seed", "9")
        #expect(made.code == 0)
        #expect(try run("--no-serve").code == 1)
        let ended = try run("--new-data", "--no-serve", "--", "--metrics-file", "metrics.prom")
        #expect(ended.code == 0, "\(ended.errors)")
        #expect(FileManager.default.fileExists(atPath: line.path + "/bundle/metrics.prom"))
    }

    @Test func runEndsByServing() throws {
        try export("bundle", "--with-data")
        let port = try FreePorts.take(1)[0]
        let process = try CommandLine.start(
            line.path + "/bundle/run", ["--port", "\(port)"],
            environment: ["TICKBOOK": CommandLine.program, "TICKBOOK_DUCKDB": try library()])
        defer { process.terminate() }
        let health = try CommandLine.run(
            "/usr/bin/curl",
            [
                "--silent", "--retry", "200", "--retry-connrefused", "--retry-delay", "0", "--retry-max-time", "60",
                "http://127.0.0.1:\(port)/health",
            ])
        let said = try process.errors.text
        #expect(health.output.contains("\"model\":\"up\""), "\(said)")
        let address = "http://127.0.0.1:\(port)/predict/S0001"
        let prediction = try CommandLine.run("/usr/bin/curl", ["--silent", "--request", "POST", address])
        #expect(prediction.output.contains("\"probability\":"), "\(prediction.output)")
    }

    @Test func whatIsNotUpToDateIsNotExported() throws {
        let ended = try line.tickbook("export", "notebook.md", "--to", "bundle", "-p", "days=9")
        #expect(ended.code == 1)
        #expect(ended.errors.hasPrefix("error: out, up are not up to date"), "\(ended.errors)")
        #expect(!FileManager.default.fileExists(atPath: line.path + "/bundle"))
    }

    @Test func aFolderInUseIsLeftAlone() throws {
        try FileManager.default.createDirectory(atPath: line.path + "/bundle", withIntermediateDirectories: true)
        try line.write("bundle/mine", "mine")
        let ended = try line.tickbook("export", "notebook.md", "--to", "bundle", "-p", "days=4", "--replace")
        #expect(ended.code == 1)
        #expect(ended.errors.contains("is not empty. Choose another folder"), "\(ended.errors)")
    }

    @Test func theScriptIsOneThatAPlainShellReads() throws {
        try export("bundle")
        #expect(try CommandLine.run("/bin/dash", ["-n", line.path + "/bundle/run"]).code == 0)
    }
}
