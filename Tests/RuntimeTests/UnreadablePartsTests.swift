import Language
import Testing

@testable import Runtime

/// A notebook of which some cells cannot be read: the others' mistakes are told in the same breath.
@Suite struct UnreadablePartsTests {
    private func problems(_ cells: String) throws -> [String] {
        let failure = try TestWorkspace().failure(cells)
        return failure.diagnostics.map(\.problem.message)
    }

    @Test func mistakesOfReadableCellsAreTold() throws {
        let found = try problems(
            """
            ```Tick first
            let a = b
            ```
            ```tick second
            show a | take(3)
            show (a | wher(x > 1))
            serve m on
            show a | take(
            ```
            ```tick second
            param n = abs()
            ```
            """)
        #expect(found.contains("a block marked 'Tick' is no cell"))
        #expect(found.contains("there is already a cell named 'second'"))
        #expect(found.contains { $0.hasPrefix("unexpected the end") })
        // The block that is no cell may define it.
        #expect(!found.contains("unknown table 'a'"))
    }

    @Test func nothingIsSaidOfAnotherLanguage() {
        let notebook = Notebook.parse(path: "n.md", text: "---\ntickbook: 2\n---\n```tick a\nshow (\n```\n")
        let parts = UnreadableParts(notebook.0, notebook.1)
        let found = parts.diagnostics(catalog: InMemoryCatalog(), functions: FunctionLibrary([]), overrides: [:])
        #expect(found.map(\.problem) == [.unsupportedLanguageVersion(found: "2")])
    }
}
