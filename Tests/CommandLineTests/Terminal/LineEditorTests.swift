import ChildPrograms
import Foundation
import Testing

/// The prompt, as someone who types at it sees it.
@Suite(.serialized) struct LineEditorTests {
    private let line = try! CommandLine()
    private static let prompt = "tickbook> "

    private func open(environment: [String: String] = [:]) throws -> RealTerminal {
        try line.write("data/inbox/p.csv", "symbol,date,close,volume\nA,2024-01-02,1.5,10\nB,2024-01-03,2.5,20\nC,2024-01-04,3.5,30\n")
        let terminal = try RealTerminal(CommandLine.program, in: line.path, environment: environment, columns: 90, rows: 24)
        try terminal.waitForLastLine("tickbook>")
        return terminal
    }

    private func leave(_ terminal: RealTerminal) throws {
        // Typed before the prompt is there, Ctrl-D is no key of the editor.
        try terminal.waitForLastLine("tickbook>")
        try terminal.press("C-d")
        #expect(try terminal.waitForEnd() == 0)
    }

    @Test func tabKnowsVerbsColumnsAndFiles() throws {
        let terminal = try open()
        try terminal.type("let p = csv(\"data/inbox/p")
        try terminal.press("Tab")
        try terminal.waitForLastLine("tickbook> let p = csv(\"data/inbox/p.csv\"")
        try terminal.type(") | key(symbol, date)\n")
        try terminal.wait("the next prompt") { try terminal.screen.hasSuffix("key(symbol, date)\ntickbook>") }
        try terminal.type("p | whe")
        try terminal.press("Tab")
        try terminal.waitForLastLine("tickbook> p | where(")
        try terminal.type("vol")
        try terminal.press("Tab")
        try terminal.waitForLastLine("tickbook> p | where(volume")
        try terminal.press("C-u")
        // Nothing to put in: what there is is listed, and the line stands below it.
        try terminal.type("p | derive(a = sma(close, ")
        try terminal.press("Tab")
        try terminal.waitFor("partial =  bool, default false")
        try terminal.waitForLastLine("tickbook> p | derive(a = sma(close,")
        try terminal.press("C-c")
        try terminal.waitForLastLine("tickbook>")
        try leave(terminal)
    }

    @Test func anInputGoesOnUntilItIsWholeAndCanBeTakenBack() throws {
        let terminal = try open()
        try terminal.type("csv(\"data/inbox/p.csv\") |\n")
        try terminal.waitForLastLine("…>")
        try terminal.type("where(volume > ")
        try terminal.press("Up")
        try terminal.waitForLastLine("where(volume >")
        try expect(terminal.screen) { $0.hasSuffix("tickbook> csv(\"data/inbox/p.csv\") |\nwhere(volume >") }
        #expect(try !terminal.screen.contains("…>"))
        try terminal.type("15) | take(1)\n")
        try terminal.waitFor("2.5")
        #expect(try !terminal.screen.contains("1.5"))
        try leave(terminal)
    }

    @Test func controlCAbandonsALineAndTheSessionGoesOn() throws {
        let terminal = try open()
        try terminal.type("csv(\"data/inbox/p.csv\") | where(\n")
        try terminal.waitForLastLine("…>")
        try terminal.type("nonsense")
        try terminal.press("C-c")
        try terminal.waitForLastLine("tickbook>")
        try terminal.type("csv(\"data/inbox/p.csv\") | drop(volume) | take(1)\n")
        try terminal.waitFor("1.5")
        try leave(terminal)
    }

    @Test func aPastedBlockIsOneInputAndOneEntryOfHistory() throws {
        let block = "csv(\"data/inbox/p.csv\")\n  | where(volume > 15)\n  | take(1)"
        do {
            let terminal = try open()
            try terminal.paste(block + "\n")
            try terminal.waitFor("| take(1)")
            #expect(try !terminal.screen.contains("2.5"))
            try terminal.press("Enter")
            try terminal.waitFor("2.5")
            try terminal.press("Up")
            try terminal.waitForLastLine("  | take(1)")
            try terminal.press("C-c")
            try leave(terminal)
        }
        let files = FileManager.default.enumerator(atPath: line.path)?.allObjects as? [String] ?? []
        let history = try #require(files.first { $0.hasSuffix("history") })
        let permissions = try FileManager.default.attributesOfItem(atPath: line.path + "/" + history)[.posixPermissions] as? Int
        #expect(permissions == 0o600)
        let next = try open()
        try next.press("Up")
        try next.waitForLastLine("  | take(1)")
        try expect(next.screen) { $0.hasSuffix("tickbook> " + block) }
        try next.press("Enter")
        try next.waitFor("2.5")
        try leave(next)
    }

    @Test func aLineSurvivesAnotherSizeOfTheTerminal() throws {
        let terminal = try open()
        let text = "csv(\"data/inbox/p.csv\") | where(volume > 15 and volume < 25)"
        try terminal.type(text)
        try terminal.waitFor(text)
        try terminal.resize(columns: 40, rows: 12)
        try terminal.wait("the line in the new width") { try terminal.screen.replacing("\n", with: "").contains("tickbook> " + text) }
        try terminal.press("C-a")
        try terminal.press("C-k")
        try terminal.type("csv(\"data/inbox/p.csv\") | take(1)\n")
        try terminal.waitFor("1.5")
        try leave(terminal)
    }

    @Test func aTerminalThatKnowsNothingWillDo() throws {
        let terminal = try open(environment: ["TERM": "dumb", "LC_ALL": "C"])
        try terminal.type("csv(\"data/inbox/p.csv\") | where(\n")
        try terminal.waitForLastLine("…>")
        try terminal.type("volume > 25)\n")
        try terminal.waitFor("3.5")
        try leave(terminal)
    }
}
