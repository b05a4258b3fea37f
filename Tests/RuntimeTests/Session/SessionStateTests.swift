import Foundation
import Testing

@testable import Language
@testable import Runtime

/// The session's state is a value: operations in, a new state and actions out, and nothing outside is touched.
@Suite struct SessionStateTests {
    private static let file = """
        ---
        tickbook: 1
        ---
        Prose with ``` marks and trailing spaces.  

        ```tick params
        param least = 10
        ```

        ```tick look
        let dear = prices | where(close > least)
        table top = dear | key(symbol, date)
        ```
        The end, without a line break
        """

    private func state() -> SessionState { SessionState(NotebookText(path: "n.md", text: Self.file)) }

    private func entering(_ text: String, atEnd: Bool = false) -> SessionOperation { .enter(TypedEntry(text), atEnd: atEnd) }

    @Test func aPipelineIsCheckedAndRunAndLeavesNothing() throws {
        var state = state()
        #expect(try state.apply(entering("top | take(1)")) == [.check, .run(["typed 1"])])
        #expect(state.inputs.map(\.text) == ["top | take(1)"])
        _ = try state.apply(.forgetAnswered)
        #expect(state.inputs.isEmpty)
        #expect(!state.notebook.hasEdits)
    }

    @Test func eachStatementOfABlockIsAnInputOfItsOwn() throws {
        var state = state()
        let actions = try state.apply(entering("let a = top\n  | take(5)\n# then\nlet b = a"))
        #expect(actions == [.check, .run(["typed 1", "typed 2"])])
        #expect(state.inputs.map(\.text) == ["let a = top\n  | take(5)", "let b = a"])
    }

    @Test func aDefinitionTypedAnewTakesTheOldOnesPlace() throws {
        var state = state()
        for text in ["let a = top | take(5)", "let b = a"] { _ = try state.apply(entering(text)) }
        var atEnd = state
        _ = try state.apply(entering("let a = top | take(2)"))
        #expect(state.inputs.map(\.text) == ["let a = top | take(2)", "let b = a"])
        _ = try atEnd.apply(entering("let a = top | take(2)", atEnd: true))
        #expect(atEnd.inputs.map(\.text) == ["let b = a", "let a = top | take(2)"])
    }

    @Test func aNotebooksParameterIsOverriddenAndTakenBack() throws {
        var state = state()
        #expect(try state.apply(entering("param least = 25")) == [.check, .note(.parameterSet("least", to: "25", notebook: "10"))])
        #expect(state.parameterTexts == ["least": "25"])
        #expect(state.notebook.text == Self.file)
        #expect(try state.apply(.unset(parameter: "least")) == [.check, .note(.parameterUnset("least", notebook: "10"))])
        #expect(state.parameterTexts.isEmpty)
        #expect(throws: SessionFault.notOverridden("least")) { try state.apply(.unset(parameter: "least")) }
        #expect(throws: SessionFault.unknownParameter("last", known: ["least"])) { try state.apply(.unset(parameter: "last")) }
    }

    @Test func onlyPlainValuesOverride() throws {
        var state = state()
        for (written, text) in [("-2.5", "-2.5"), ("\"a b\"", "a b"), ("true", "true"), ("date(\"2012-03-01\")", "2012-03-01")] {
            _ = try state.apply(entering("param least = \(written)"))
            #expect(state.parameterTexts == ["least": text])
        }
        #expect(throws: SessionFault.parameterNotLiteral("least")) { try state.apply(entering("param least = 2 * 3")) }
    }

    @Test func aChangeOfAnOverriddenParameterInTheFileIsTold() throws {
        var state = state()
        _ = try state.apply(entering("param least = 25"))
        let changed = Self.file.replacing("least = 10", with: "least = 12")
        #expect(
            try state.apply(.reread(changed)) == [.check, .note(.parameterChanged("least", from: "10", to: "12", kept: "25"))])
        #expect(try state.apply(.reread(changed)) == [.check])
        let without = Self.file.replacing("param least = 10", with: "# none").replacing("> least", with: "> 3")
        #expect(try state.apply(.reread(without)) == [.check, .note(.parameterGone("least"))])
        #expect(state.parameterTexts.isEmpty)
    }

    @Test func aDefinitionOfTheNotebookIsChangedInItsCell() throws {
        var state = state()
        let actions = try state.apply(entering("table top = dear | take(3)"))
        #expect(actions == [.check, .note(.definitionChanged("top", cell: "look")), .run(["look"])])
        #expect(state.inputs.isEmpty)
        #expect(state.notebook.text == Self.file.replacing("table top = dear | key(symbol, date)", with: "table top = dear | take(3)"))
        #expect(state.notebook.changedCells == ["look"])
        // Typed as it stands, it is only run.
        #expect(try state.apply(entering("table top = dear | take(3)")) == [.check, .run(["look"])])
    }

    @Test func whatWasTypedBecomesACell() throws {
        var state = state()
        for text in ["let a = top | take(5)", "a", "table b = a", "assert(b, rows > 1)"] { _ = try state.apply(entering(text)) }
        #expect(try state.apply(.keep(name: "extra")) == [.check, .note(.kept(3, cell: "extra"))])
        let block = "\n\n```tick extra\nlet a = top | take(5)\ntable b = a\nassert(b, rows > 1)\n```\n"
        #expect(state.notebook.text == Self.file + block)
        #expect(state.notebook.cellNames == ["params", "look", "extra"])
        #expect(throws: SessionFault.nothingToKeep) { try state.apply(.keep(name: "more")) }
    }

    @Test func aRefusedOperationLeavesTheNotebookAsItWas() throws {
        var state = state()
        _ = try state.apply(entering("let a = top"))
        #expect(throws: SessionFault.cellExists("look")) { try state.apply(.keep(name: "look")) }
        #expect(throws: SessionFault.unsuitableCellName("a b")) { try state.apply(.keep(name: "a b")) }
        #expect(throws: SessionFault.breaksFence(cell: "look")) {
            try state.apply(.edit(cell: "look", code: "show top\n```\nshow top\n"))
        }
        #expect(throws: SessionFault.unknownCell("lok", known: ["params", "look"])) { try state.apply(.edit(cell: "lok", code: "")) }
        #expect(state.notebook.text == Self.file)
        #expect(state.inputs.count == 1)
    }

    @Test func theFirstKeptCellBeginsANotebook() throws {
        var state = SessionState()
        _ = try state.apply(entering("table t = csv(\"data/inbox/*.csv\")"))
        _ = try state.apply(.keep(name: nil))
        #expect(state.notebook.text == "---\ntickbook: 1\n---\n\n```tick cell-1\ntable t = csv(\"data/inbox/*.csv\")\n```\n")
        #expect(state.notebook.changedCells == ["cell-1"])
        _ = try state.apply(.saved(path: "n.md"))
        #expect(!state.notebook.hasEdits)
        #expect(state.notebook.path == "n.md")
    }

    @Test func theNextCellStandsBehindTheOneThatRan() throws {
        var state = state()
        #expect(state.nextCell == "params")
        _ = try state.apply(.ran(cell: "params", CellRun(code: "", result: .done, ended: .now)))
        #expect(state.nextCell == "look")
        _ = try state.apply(.ran(cell: "typed 1", CellRun(code: "", result: .done, ended: .now)))
        #expect(state.nextCell == "look")
        _ = try state.apply(.ran(cell: "look", CellRun(code: "", result: .failed("no"), ended: .now)))
        #expect(state.nextCell == nil)
        _ = try state.apply(.move(to: "params"))
        #expect(state.nextCell == "params")
        #expect(state.position == "params")
        _ = try state.apply(.ran(cell: "params", CellRun(code: "", result: .done, ended: .now)))
        #expect(state.nextCell == "look")
    }

    @Test func whatWasTypedIsPartOfTheWholeText() throws {
        var state = state()
        #expect(state.wholeText == Self.file)
        for text in ["serve up on 0", "let a = top | take(5)", "a"] { _ = try state.apply(entering(text)) }
        #expect(state.wholeText == Self.file + "\n\n```tick cell-3\nlet a = top | take(5)\n```\n")
        #expect(state.notebook.text == Self.file)
    }

    @Test func whatTheFileComesToDefineIsNoLongerTyped() throws {
        var state = state()
        _ = try state.apply(entering("let a = top"))
        let text = Self.file + "\n```tick more\nlet a = top | take(1)\n```\n"
        #expect(try state.apply(.reread(text)) == [.check, .note(.nowInNotebook(["a"]))])
        #expect(state.inputs.isEmpty)
    }

    @Test func linesKeepTheNotebooksLineEnds() throws {
        var text = NotebookText(path: "n.md", text: Self.file.replacing("\n", with: "\r\n"))
        try text.replace(codeOf: "look", with: "show top\n")
        try text.insert(cell: "more", code: "show top", behind: "params")
        #expect(!text.text.replacing("\r\n", with: "").contains("\n"))
        #expect(text.cellNames == ["params", "more", "look"])
        #expect(text.code(of: "look") == "show top\r\n")
    }
}

/// Which cells a `:run` runs.
@Suite struct RunOrderTests {
    private let survey = [
        CellSurvey(name: "params", standing: .definitions),
        CellSurvey(name: "ingest", standing: .fresh),
        CellSurvey(name: "clean", standing: .stale(because: "definition changed"), needs: ["ingest"]),
        CellSurvey(name: "aside", standing: .neverRun, needs: ["ingest"]),
        CellSurvey(name: "train", standing: .neverRun, needs: ["clean"]),
        CellSurvey(name: "serve", standing: .notServing, needs: ["train"]),
    ]

    @Test func whatIsOutOfDateBelowRunsFirst() throws {
        let order = try RunOrder(.cells(["serve"]), in: survey)
        #expect(order.cells == ["clean", "train", "serve"])
        #expect(order.prerequisites == ["clean", "train"])
    }

    @Test func whatIsFreshIsLeftAlone() throws {
        #expect(try RunOrder(.cells(["clean"]), in: survey).cells == ["clean"])
        #expect(try RunOrder(.cells(["ingest"]), in: survey).cells == ["ingest"])
    }

    @Test func staleMeansWhatARunWouldChange() throws {
        let order = try RunOrder(.stale, in: survey)
        #expect(order.cells == ["clean", "aside", "train"])
        #expect(order.prerequisites.isEmpty)
        #expect(throws: SessionFault.nothingStale) { try RunOrder(.stale, in: [CellSurvey(name: "ingest", standing: .fresh)]) }
    }

    @Test func allMeansEachCellThatDoesSomething() throws {
        #expect(try RunOrder(.all, in: survey).cells == ["ingest", "clean", "aside", "train", "serve"])
        #expect(throws: SessionFault.noCells) { try RunOrder(.all, in: []) }
        #expect(throws: SessionFault.unknownCell("trian", known: survey.map(\.name))) { try RunOrder(.cells(["trian"]), in: survey) }
    }

    /// A cell below that cannot run is among those to run, so that its mistake is what the analyst sees.
    @Test func aMistakeBelowIsNotPassedOver() throws {
        let cells = [CellSurvey(name: "a", standing: .mistaken(count: 1)), CellSurvey(name: "b", standing: .blocked, needs: ["a"])]
        #expect(try RunOrder(.cells(["b"]), in: cells).cells == ["a", "b"])
    }
}
