import ChildPrograms
import Foundation
import Testing

/// What is said of a run's progress, and where.
struct ProgressTests {
    private let line = try! CommandLine()

    private static let ingest = """
        ```tick ingest
        table raw.prices = csv("data/inbox/*.csv") | key(symbol, date)
        ```

        """

    private func prices(symbols: Int, days: Int) throws {
        var text = "symbol,date,close\n"
        for symbol in 0..<symbols {
            for day in 0..<days {
                text += "S\(symbol),\(1990 + day / 336)-\(two(day / 28 % 12 + 1))-\(two(day % 28 + 1)),\(day % 97).5\n"
            }
        }
        try line.write("data/inbox/a.csv", text)
    }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// A cell that takes many times the half second, though nobody waits for its end.
    private func slowNotebook() throws {
        try prices(symbols: 50, days: 4_000)
        let slow = (0..<100).map { column in
            let nested = (0..<12).reduce("close") { series, depth in "stddev(\(series), \(100 + 3 * column + depth))" }
            return "a\(column) = \(nested)"
        }.joined(separator: ", ")
        try line.notebook(Self.ingest + "```tick slow\ntable t.slow = raw.prices\n  | derive(\(slow))\n```\n")
    }

    @Test func aTerminalHasOneLineThatIsGoneAtTheEnd() throws {
        try slowNotebook()
        let terminal = try RealTerminal("/bin/sh", ["-c", "exec \(CommandLine.program) run notebook.md > out"], in: line.path)
        try terminal.wait("rows of about how many", .seconds(60)) {
            let last = try terminal.screen.split(separator: "\n").last ?? ""
            return last.hasPrefix("2/2 slow  t.slow  ") && last.contains(" of about 200,000 rows  ") && last.hasSuffix(" left")
        }
        let lines = try terminal.screen.split(separator: "\n")
        #expect(lines.count == 1, "\(lines)")
        try terminal.press("C-c")
        #expect(try terminal.waitForEnd() == 130)
        try expect(terminal.everything) { !$0.contains(" of about ") }
        // The terminal scrolls by a line to say that the program has ended.
        try expect(terminal.everything) { $0.hasPrefix("cell 'slow': Interrupted.") }
        let printed = try String(contentsOfFile: line.path + "/out", encoding: .utf8)
        #expect(printed.hasPrefix("ingest") && printed.split(separator: "\n").count == 1, "\(printed)")
    }

    @Test func aQuietRunHasNone() throws {
        try slowNotebook()
        let terminal = try RealTerminal(CommandLine.program, ["run", "-q", "notebook.md"], in: line.path)
        try terminal.waitFor("200,000 rows")
        // Its file is begun once the first rows are there.
        try terminal.wait("a file of the slow table", .seconds(60)) {
            let files = FileManager.default.enumerator(atPath: line.path + "/data/t")?.allObjects as? [String] ?? []
            return files.contains { $0.hasSuffix(".parquet") }
        }
        try terminal.press("C-c")
        #expect(try [0, 130].contains(terminal.waitForEnd()))
        try expect(terminal.everything) { !$0.contains("2/2 slow") }
    }

    @Test func elsewhereThereIsALinePerCell() throws {
        try prices(symbols: 2, days: 30)
        try line.notebook(Self.ingest + "```tick more\ntable t.more = raw.prices | derive(twice = close * 2)\n```\n")
        let ended = try line.tickbook("run", "notebook.md", "-v")
        let lines = ended.errors.split(separator: "\n")
        #expect(ended.code == 0 && lines.count == 2, "\(ended.errors)")
        #expect(lines.first?.hasPrefix("1/2 ingest: 60 rows in ") == true, "\(ended.errors)")
        #expect(lines.last?.hasPrefix("2/2 more: 60 rows in ") == true, "\(ended.errors)")
        #expect(ended.errors.allSatisfy { $0 != "\r" && $0 != "\u{1B}" })
        let again = try line.tickbook("run", "notebook.md", "-v")
        #expect(again.errors.hasPrefix("1/2 ingest: 0."), "\(again.errors)")
    }

    @Test func eventsCountRows() throws {
        try prices(symbols: 2, days: 30)
        try line.notebook(Self.ingest + "```tick more\ntable t.more = raw.prices | derive(twice = close * 2)\n```\n")
        let ended = try line.tickbook("run", "notebook.md", "--json")
        let events = try ended.lines.map { try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
        let progress = events.filter { $0["event"] as? String == "progress" }
        #expect(progress.map { $0["cells_done"] as? Int } == [0, 1])
        #expect(progress.map { $0["cells"] as? Int } == [2, 2])
        #expect(progress.map { $0["rows"] as? Int } == [0, 60])
    }

    @Test func quietAndVerboseContradict() throws {
        let ended = try CommandLine.run(CommandLine.program, ["run", "-q", "-v", "notebook.md"], in: line.path)
        #expect(ended.code == 2 && ended.errors.contains("-q and -v don't go together"), "\(ended.errors)")
    }
}
