import ChildPrograms
import Foundation
import Testing

/// Sessions whose statements come from a file: what they print, and with which code they end.
@Suite struct ScriptedSessionTests {
    @Test func aSessionStepsThroughTheSampleOnRealPrices() throws {
        let line = try CommandLine.sample()
        let ended = try line.session(
            """
            :cells
            :run features
            param horizon = 5
            :next
            :cells
            :params unset horizon
            :plan
            curated.stocks.indicators
              | where(symbol == "IBM")
              | take(2)

            show raw.stocks | take(1) as csv
            :at raw.stocks v0 | select(symbol) | take(1)
            serve stock_direction on 0
            :models
            """)
        #expect(ended.code == 0, "\(ended.errors)")
        for part in [
            "process   never run", "train     stock_direction              v1", "train     fresh",
            "train     stock_direction              definition changed",
            "1 to make, 3 up to date; nothing was written", "AAPL,2000-03-01,118.56", "http://127.0.0.1:",
        ] { #expect(ended.output.contains(part), "\(part) in:\n\(ended.output)") }
        #expect(ended.output.split(separator: "\n").filter { $0.hasPrefix("IBM") }.count == 2)
        #expect(!ended.output.contains("> "), "there is no prompt")
        #expect(ended.errors.contains("runs ingest, process first, which features depends on"))
        #expect(ended.errors.contains("horizon is 5 for this session; the notebook says 1"))
        let port = try #require(ended.errors.firstMatch(of: #/answers on http://127.0.0.1:(\d+) as/#)?.1)
        #expect(!isListening(try #require(UInt16(port))), "the server ends with the session")
        #expect(try FileManager.default.contentsOfDirectory(atPath: line.path + "/data").filter { $0.hasPrefix(".tmp") } == [])
    }

    @Test func whatIsTypedBecomesACellOfANewNotebook() throws {
        let line = try CommandLine.sample()
        let script = """
            # What holds only here.
            let all = csv("data/inbox/*.csv") | rename(symbol = Ticker, close = Close)
            table dear = all | where(close > 600) | select(symbol, close)
            dear | summarize(n = count())
            :keep dear
            :save dear.md
            """
        let ended = try line.session(script, on: nil)
        #expect(ended.code == 0, "\(ended.errors)")
        #expect(ended.output.contains("\n528\n"))
        let kept = "---\ntickbook: 1\n---\n\n```tick dear\n" + script.split(separator: "\n")[1...2].joined(separator: "\n") + "\n```\n"
        #expect(try line.text("dear.md") == kept)
        #expect(try line.session(":cells\n", on: "dear.md").output.contains("dear  fresh  528 v0"))
    }

    @Test func editingWritesTheCellAndLeavesTheProse() throws {
        let line = try CommandLine.sample()
        let before = try line.text("notebook.md")
        try line.write("editor", "printf 'let unused = raw.stocks\\n' >> \"$1\"\n")
        let ended = try line.session(
            """
            :edit params
            :show params
            :new extra
            :save
            """, environment: ["EDITOR": "sh \(line.path)/editor"])
        #expect(ended.code == 0, "\(ended.errors)")
        let saved = try line.text("notebook.md")
        #expect(
            saved == before.replacing("horizon = 1\n", with: "horizon = 1\nlet unused = raw.stocks\n")
                + "\n```tick extra\nlet unused = raw.stocks\n```\n")
    }

    @Test(arguments: [
        ("raw.stoks | take(1)\n", "stdin:1:1: error: unknown table 'raw.stoks'"),
        ("\nlet a = b\n", "stdin:2:9: error: unknown table 'b'"), ("take(\n", "error:"),
        (":cels\n", "There is no command ':cels'; did you mean ':cells'?"), (":goto\n", "':goto' is written :goto CELL; found nothing"),
        (":next now\n", "':next' is written :next; found 1 word"), (":goto params ingest\n", "found 2 words"),
        (":run trian\n", "There is no cell 'trian'; did you mean 'train'?"),
        (":params set x\n", "expects nothing or 'unset NAME'; found 'set'"),
        (":params unset horizn\n", "There is no parameter 'horizn'; did you mean 'horizon'?"), (":help smaa\n", "did you mean 'sma'?"),
        (":save\n", "There is nothing to save"), (":keep\n", "Nothing was typed that a cell could be made of"),
        ("param horizon = \"soon\"\n", "stdin:1:1: error: 'soon' does not fit parameter 'horizon'"),
    ]) func aMistakeEndsTheScript(input: String, words: String) throws {
        let line = try CommandLine()
        try line.notebook("```tick params\nparam horizon = 1\n```\n```tick train\nlet t = csv(\"data/inbox/x.csv\") | take(horizon)\n```\n")
        try line.write("data/inbox/x.csv", "a\n1\n")
        let ended = try line.session(input + "csv(\"data/inbox/x.csv\")\n")
        #expect(ended.code == 2)
        #expect(ended.errors.contains(words), "\(ended.errors)")
        #expect(ended.output == "", "nothing runs behind a mistake")
    }

    @Test func aFailureHasItsCodeAndKeepsWhatWasMade() throws {
        let line = try CommandLine()
        try line.notebook(
            "```tick good\ntable good = csv(\"data/inbox/x.csv\")\n```\n```tick bad\ntable bad = good | require(a > 5, else = fail)\n```\n")
        try line.write("data/inbox/x.csv", "a\n1\n")
        let ended = try line.session(":run bad\n:cells\n")
        #expect(ended.code == 1)
        #expect(ended.errors.contains("notebook.md:8:1: error: cell 'bad' failed:"), "\(ended.errors)")
        #expect(try line.session(":cells\n").output.contains("good  fresh"))
    }

    @Test func whatIsNoNotebookMayBeAMisspeltCommand() throws {
        let line = try CommandLine()
        let command = try line.tickbook("rnu")
        #expect(command.code == 2)
        #expect(command.errors.contains("'rnu' is neither a command nor a notebook that is there; did you mean 'tickbook run'?"))
        let file = try line.tickbook("nosuch.md")
        #expect(file.code == 2)
        #expect(file.errors.contains("The notebook 'nosuch.md' cannot be read: there is no such file"))
        try line.write("prose.md", "no notebook\n")
        let prose = try line.session(":run all\n", on: "prose.md")
        #expect(prose.code == 2)
        #expect(prose.errors.contains("prose.md:1:1: error: this is not a Tickbook notebook"))
        #expect(try line.session("", on: nil).code == 0, "an empty script does nothing")
    }

    @Test(arguments: zip([SIGINT, SIGTERM, SIGHUP], [130, 143, 129] as [Int32]))
    func aSignalEndsTheQueryAndTheScript(number: Int32, code: Int32) throws {
        let line = try CommandLine.sample()
        let program = try line.begunSession(":run ingest\n" + endlessQuery + "\n:cells\n")
        while program.isRunning, try !program.output.text.contains("ingest") { usleep(10_000) }
        program.signal(number)
        let ended = try program.ended()
        #expect(ended.code == code, "\(ended.errors)")
        #expect(!ended.output.contains("fresh"), "the statement behind it does not run")
    }

    @Test func helpAndTheDocumentListTheSameCommands() throws {
        let document = try String(contentsOfFile: repositoryFolder + "/docs/session.md", encoding: .utf8)
        let rows = document.split(separator: "\n").filter { $0.hasPrefix("| `:") }.map { $0.replacing("\\|", with: "\u{1F}") }
        let listed = rows.map { row in
            row.split(separator: "|").map { $0.replacing("\u{1F}", with: "|").trimmingCharacters(in: CharacterSet(charactersIn: " `")) }
        }
        let help = try CommandLine().session(":help\n", on: nil)
        let forms = help.output.split(separator: "\n").filter { $0.hasPrefix("  :") }
        #expect(forms.count == listed.count)
        let words = help.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for row in listed { #expect(words.contains(row.joined(separator: " ")), "\(row)") }
    }

    @Test func helpKnowsEveryKindOfName() throws {
        let names = [
            "sma", "min", "join", "target", "table", "line", "logistic", "csv", "unique", ":run", "goto", "not", "macd(close)",
            "floor_price",
        ]
        let script = "param floor_price = 10\n" + names.map { ":help \($0)\n" }.joined()
        let help = try CommandLine().session(script, on: nil)
        #expect(help.code == 0, "\(help.errors)")
        for words in [
            "sma(x, n", "The simple moving average", "a function of series", "a function of a group", "| join(other", "a verb of models",
            "a statement", "plot … | line(", "fit(logistic(C = 1.0", "csv(path, header = true", "a condition", ":run CELL", ":goto CELL",
            "an operator", "macd(…).signal", "param floor_price = 10",
        ] { #expect(help.output.contains(words), "\(words)") }
    }

    private func isListening(_ port: UInt16) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        } == 0
    }
}
