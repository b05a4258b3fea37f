import ChildPrograms
import Foundation
import Testing

/// A session as an analyst sees it: a real terminal, real prices, keys and screens.
@Suite struct TerminalSessionTests {
    @Test func anAnalystStepsThroughTheSample() throws {
        let line = try CommandLine.sample()
        try line.write("editor", "sed -i 's/= 3$/= 4/; s/= 1$/= 3/' \"$1\"\n")
        let terminal = try RealTerminal(
            CommandLine.program, ["notebook.md"], in: line.path, environment: ["EDITOR": "sh \(line.path)/editor", "NO_COLOR": "1"])
        try terminal.waitForLastLine("notebook>")
        #expect(try terminal.screen.contains("notebook.md · Next-day direction · 6 cells"))

        // One cell after the other.
        try terminal.type(":next\n")
        try terminal.waitForLastLine("notebook:params>")
        try terminal.type(":next\n")
        try terminal.waitForLastLine("notebook:ingest>")
        #expect(try terminal.screen.contains("raw.stocks"))
        try terminal.type(":run features\n")
        try terminal.waitForLastLine("notebook:features>")
        #expect(try terminal.screen.contains("runs process first, which features depends on"))

        // A block that was pasted is one statement.
        try terminal.paste("raw.stocks\n  | where(close > 600)\n  | summarize(n = count())")
        try terminal.press("Enter")
        try terminal.waitFor("1 row")
        #expect(try terminal.screen.contains("528"))

        // Ctrl-C ends the query and nothing else.
        try terminal.waitForLastLine("notebook:features>")
        try terminal.paste(endlessQuery)
        try terminal.press("Enter")
        try terminal.wait("the query's progress") { try terminal.screen.split(separator: "\n").last?.hasPrefix("typed  ") ?? false }
        try terminal.press("C-c")
        try terminal.waitFor("Interrupted.")
        try terminal.waitForLastLine("notebook:features>")
        try terminal.type("raw.stocks | summarize(rows = count())\n")
        try terminal.waitFor("12154")
        try terminal.waitForLastLine("notebook:features>")

        // Editing, saving, and someone else's change.
        try terminal.type(":edit params\n")
        try terminal.waitForLastLine("notebook:features*>")
        try terminal.type(":save\n")
        try terminal.waitForLastLine("notebook:features>")
        #expect(try line.text("notebook.md").contains("param horizon = 3\n"))
        try line.write(
            "notebook.md", try line.text("notebook.md").replacing("ma_7          = sma(close, 7)", with: "ma_7          = sma(close, 8)"))
        try terminal.waitFor("notebook.md changed; Return takes it over")
        try terminal.type("\n")
        try terminal.waitFor("notebook.md changed; out of date: features")
        try terminal.waitForLastLine("notebook:features>")

        // A narrower terminal.
        try terminal.resize(columns: 40, rows: 30)
        try terminal.type(":help at\n")
        try terminal.waitFor(":at TABLE VERSION")
        try terminal.waitForLastLine("notebook:features>")
        #expect(try terminal.screen.split(separator: "\n").allSatisfy { $0.count <= 40 })

        // An edit that is not saved is not lost by a slip.
        try terminal.type(":edit params\n")
        try terminal.waitForLastLine("notebook:features*>")
        try terminal.press("C-d")
        try terminal.waitFor("Leave again to drop them.")
        #expect(try terminal.exitCode == nil)
        try terminal.type(":quit\n")
        #expect(try terminal.waitForEnd() == 0)
    }
}
