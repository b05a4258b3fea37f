import Columnar
import Foundation
import Language
import Testing

@testable import Runtime

/// A session on a notebook of a workspace of its own: what it tells of its cells, and what it writes.
@Suite struct AnalystSessionTests {
    private static let notebook = """
        ---
        tickbook: 1
        ---
        Prose stays.

        \(pricesCell)
        ```tick clean
        # Days as they are.
        param least = 5
        table clean = raw.stocks | select(symbol, date, close) | where(close > least)
        ```
        ```tick look
        show clean | take(2)
        ```
        """

    private final class Opened {
        let files: TestWorkspace
        let session: AnalystSession
        let path: String
        private(set) var told: [String] = []
        private let teller: Teller

        private final class Teller { var hear: (AnalystSession.Event) throws -> Void = { _ in } }

        init(_ text: String) throws {
            files = try TestWorkspace()
            try files.write("prices.csv", prices([("AAPL", "2012-03-01", 10), ("AAPL", "2012-03-02", 20)]))
            path = files.path + "/n.md"
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            let context = RunContext(workspace: files.workspace, provider: TestWorkspace.engine, notebook: "n.md")
            let teller = Teller()
            self.teller = teller
            session = AnalystSession(context: context, functions: TestWorkspace.functions, words: { "\($0)" }) { try teller.hear($0) }
            try session.open(path)
            teller.hear = { [unowned self] event in
                switch event {
                case .starting(let cells, let prerequisites): told.append("starting \(cells) first \(prerequisites)")
                case .note(let text): told.append(text)
                case .running(.table(let cell, let outcome), _): told.append("\(cell): \(outcome.rowCount) rows")
                case .running(.rows(let cell, let rows), _):
                    var count = 0
                    while let batch = try rows.stream.next() { count += batch.count }
                    told.append("\(cell) shows \(count)")
                default: break
                }
            }
        }

        func tellings(_ body: (AnalystSession) throws -> Void) throws -> [String] {
            told = []
            try body(session)
            return told
        }

        var standings: [String: CellSurvey.Standing] {
            get throws {
                let check = try session.check(afresh: true)
                return Dictionary(uniqueKeysWithValues: session.survey(check).map { ($0.name, $0.standing) })
            }
        }

        func rewrite(_ old: String, _ new: String) throws {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try Data(text.replacing(old, with: new).utf8).write(to: URL(fileURLWithPath: path))
        }
    }

    @Test func aCellRunsWithWhatItDependsOn() throws {
        let opened = try Opened(Self.notebook)
        #expect(try opened.standings == ["ingest": .neverRun, "clean": .neverRun, "look": .neverRun])
        let told = try opened.tellings { try $0.run(.cells(["look"])) }
        #expect(
            told == [
                "starting [\"ingest\", \"clean\", \"look\"] first [\"ingest\", \"clean\"]", "ingest: 2 rows", "clean: 2 rows",
                "look shows 2",
            ])
        #expect(try opened.standings == ["ingest": .fresh, "clean": .fresh, "look": .fresh])
    }

    @Test func stalenessIsThatOfTheDefinitionAndTheInputs() throws {
        let opened = try Opened(Self.notebook)
        try opened.session.run(.all)
        // A comment and layout mean nothing.
        try opened.rewrite("# Days as they are.", "# Days.\n\n")
        guard case .reloaded(_, let quiet)? = try opened.session.noticeFile() else {
            throw TestWorkspace.Unexpected(description: "no notice")
        }
        #expect(quiet.outOfDate.isEmpty)
        #expect(try opened.standings == ["ingest": .fresh, "clean": .fresh, "look": .fresh])
        // A definition does.
        try opened.rewrite("least = 5", "least = 15")
        guard case .reloaded(_, let changed)? = try opened.session.noticeFile() else {
            throw TestWorkspace.Unexpected(description: "no notice")
        }
        #expect(changed.outOfDate.map(\.name) == ["clean", "look"])
        #expect(
            try opened.standings == [
                "ingest": .fresh, "clean": .stale(because: "definition changed"), "look": .stale(because: "clean changes"),
            ])
        // So does a new file.
        try opened.files.write("more.csv", prices([("MSFT", "2012-03-01", 30)]))
        #expect(try opened.standings["ingest"] == .stale(because: "1 new file"))
        let told = try opened.tellings { try $0.run(.stale) }
        #expect(told.last == "look shows 2")
        #expect(try opened.standings == ["ingest": .fresh, "clean": .fresh, "look": .fresh])
    }

    @Test func aParameterOfTheSessionMakesStaleAndBackAgain() throws {
        let opened = try Opened(Self.notebook)
        try opened.session.run(.all)
        try opened.session.enter(TypedEntry("param least = 15"))
        #expect(try opened.standings["clean"] == .stale(because: "definition changed"))
        try opened.session.apply(.unset(parameter: "least"))
        #expect(try opened.standings["clean"] == .fresh)
    }

    @Test func aValueThatDoesNotFitIsTheTypedLinesMistake() throws {
        let opened = try Opened(Self.notebook)
        let mistakes = try #require(throws: SessionMistakes.self) { try opened.session.enter(TypedEntry("param least = \"x\"")) }
        #expect(mistakes.text.render(mistakes.diagnostics, usesColour: false).hasPrefix("typed:1:1: error: 'x' does not fit"))
        #expect(opened.session.state.overrides.isEmpty)
    }

    @Test func whatDependsOnAMistakeElsewherePrintsThat() throws {
        let opened = try Opened(Self.notebook.replacing("close > least", with: "clos > least"))
        let mistakes = try #require(throws: SessionMistakes.self) { try opened.session.enter(TypedEntry("clean | take(1)")) }
        #expect(mistakes.text.render(mistakes.diagnostics, usesColour: false).contains("n.md:17:64: error: unknown column 'clos'"))
        // What does not depend on it runs.
        #expect(try opened.tellings { try $0.run(.cells(["ingest"])) }.last == "ingest: 2 rows")
        #expect(try opened.tellings { try $0.enter(TypedEntry("raw.stocks | take(1)")) } == ["typed 1 shows 1"])
        #expect(try opened.standings == ["ingest": .fresh, "clean": .mistaken(count: 1), "look": .blocked])
        #expect(throws: SessionMistakes.self) { try opened.session.run(.cells(["look"])) }
    }

    @Test func aFailureIsRememberedUntilTheCodeChanges() throws {
        let opened = try Opened(Self.notebook.replacing("else = reject", with: "else = fail").replacing("high >= low", with: "high < low"))
        let failure = try #require(throws: SessionFailure.self) { try opened.session.run(.cells(["ingest"])) }
        #expect((failure.fault as? StatementFault)?.cell == "ingest")
        guard case .failed(let reason)? = try opened.standings["ingest"] else { throw TestWorkspace.Unexpected(description: "not failed") }
        #expect(reason.contains("broke the rule"))
        let code = try #require(opened.session.state.notebook.code(of: "ingest"))
        try opened.session.apply(.edit(cell: "ingest", code: "# mended\n" + code))
        guard case .failed? = try opened.standings["ingest"] else { throw TestWorkspace.Unexpected(description: "a comment mended it") }
        try opened.session.apply(.edit(cell: "ingest", code: code.replacing("high < low", with: "high >= low")))
        #expect(try opened.standings["ingest"] == .neverRun)
    }

    @Test func savingWritesTheCellsAndNothingElse() throws {
        let opened = try Opened(Self.notebook)
        try opened.session.run(.cells(["ingest"]))
        try opened.session.enter(TypedEntry("table top = raw.stocks | take(1)"))
        try opened.session.apply(.keep(name: "top"))
        try opened.session.apply(.edit(cell: "look", code: "show clean\n"))
        let saved = try opened.session.save(as: nil)
        #expect(saved.cells == ["look", "top"])
        let text = try String(contentsOfFile: opened.path, encoding: .utf8)
        #expect(
            text == Self.notebook.replacing("show clean | take(2)", with: "show clean")
                + "\n\n```tick top\ntable top = raw.stocks | take(1)\n```\n")
        #expect(throws: SessionFault.nothingToSave) { try opened.session.save(as: nil) }
    }

    @Test func anotherOnesChangeIsNotWrittenOver() throws {
        let opened = try Opened(Self.notebook)
        try opened.session.apply(.edit(cell: "look", code: "show clean\n"))
        try opened.rewrite("Prose stays.", "Prose by someone else.")
        guard case .conflicting(_, let edited)? = try opened.session.noticeFile() else {
            throw TestWorkspace.Unexpected(description: "no notice")
        }
        #expect(edited == ["look"])
        #expect(try opened.session.noticeFile() == nil, "it is told once")
        #expect(throws: SessionFault.changedOutside(path: opened.path)) { try opened.session.save(as: nil) }
        #expect(throws: SessionFault.unsavedEdits(cells: ["look"])) { try opened.session.reload(discarding: false) }
        #expect(throws: SessionFault.fileExists(path: opened.path + "2")) {
            try Data("mine".utf8).write(to: URL(fileURLWithPath: opened.path + "2"))
            _ = try opened.session.save(as: opened.path + "2")
        }
        _ = try opened.session.reload(discarding: true)
        #expect(opened.session.state.notebook.text.contains("someone else"))
        #expect(!opened.session.state.notebook.hasEdits)
    }

    @Test func aDefinitionTypedAnewIsWhatLaterOnesRead() throws {
        let opened = try Opened(Self.notebook)
        try opened.session.run(.all)
        for text in ["let a = clean", "let b = a | select(close)", "let a = clean | take(1)"] { try opened.session.enter(TypedEntry(text)) }
        #expect(try opened.tellings { try $0.enter(TypedEntry("b")) } == ["typed 4 shows 1"])
        // Here the new definition needs what was typed since.
        try opened.session.enter(TypedEntry("let c = clean | take(2)"))
        try opened.session.enter(TypedEntry("let a = c | take(2)"))
        #expect(try opened.tellings { try $0.enter(TypedEntry("a")) } == ["typed 7 shows 2"])
    }

    @Test func typedLinesKeepTheirPlaces() throws {
        let opened = try Opened(Self.notebook)
        let entry = TypedEntry("let a = raw.stocks\n\nlet b = a\n  | where(clos > 5)", place: "stdin", firstLine: 12)
        let mistakes = try #require(throws: SessionMistakes.self) { try opened.session.enter(entry) }
        let words = mistakes.text.render(mistakes.diagnostics, usesColour: false)
        #expect(words.hasPrefix("stdin:15:11: error: unknown column 'clos'"))
        #expect(words.contains("\n   15 |   | where(clos > 5)\n"))
        #expect(opened.session.state.inputs.isEmpty, "what has a mistake leaves no trace")
    }
}
