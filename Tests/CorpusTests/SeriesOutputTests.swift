import Columnar
import Language
import Planner
import Testing

/// Functions of series with several results, by `Cases/outputs.md`: what is chosen, what it means, and what its reader is told.
@Suite struct SeriesOutputTests {
    /// `swing` has a result of its own name, `bands` has none, `single` has one without a name.
    private static let functions = FunctionLibrary([
        function("swing", outputs: ["signal", "swing"]), function("bands", outputs: ["upper", "middle", "lower"]),
        function("single", outputs: []),
    ])

    @Test func everyChoiceIsAsRecorded() throws {
        let file = try CaseFile("outputs")
        let blocks = file.sections.map { stages($0.code) }
        if CaseFile.isRecording { return try file.record(blocks) }
        for (section, found) in zip(file.sections, blocks) {
            for block in found { #expect(section.recorded(block.name) == block.content, "\(section.heading): \(block.name)") }
        }
    }

    @Test func theChosenResultIsPartOfTheMeaning() {
        let meanings = [".upper", ".middle", ".lower"].map { plan("show prices | derive(x = bands(close)\($0))")?.meaning(of: "x") }
        #expect(Set(meanings).count == 3)
    }

    @Test func theResultOfTheFunctionsOwnNameNeedNotBeChosen() {
        let chosen = check("show prices | derive(x = swing(close).swing)")
        #expect(chosen.pipelines.last?.definition == check("show prices | derive(x = swing(close))").pipelines.last?.definition)
    }

    @Test func stepsThatBecomeOneKeepWhichResultIsMeant() {
        let plan = plan("show prices | derive(x = bands(close).lower) | rename(y = x) | derive(z = bands(y).middle)")
        let steps = (plan?.stages ?? []).compactMap { stage -> SeriesStep? in if case .series(let step, _) = stage { step } else { nil } }
        #expect(steps.map { $0.calls.map(\.component) } == [[2, 1]])
    }

    private func check(_ code: String) -> CheckedCase { CheckedCase(code, functions: Self.functions) }

    private func plan(_ code: String) -> PipelinePlan? { check(code).pipelines.last.map { PipelinePlanner.plan($0) } }

    private func stages(_ code: String) -> [(name: String, content: String)] {
        let checked = check(code)
        let formatted = Formatter.format(code: code + "\n").map { String($0.dropLast()) } ?? "none"
        let read = [("tree", checked.tree.description), ("formatted", formatted)]
        guard let pipeline = checked.pipelines.last else { return read + [("text", String(checked.rendered.dropLast()))] }
        return read + [("definition", pipeline.definition), ("plan", PipelinePlanner.plan(pipeline).recorded)]
    }

    private static func function(_ name: String, outputs: [String]) -> SeriesFunction {
        SeriesFunction(
            name: name, documentation: "", inputs: [("x", .number)],
            parameters: [SeriesFunction.Parameter("n", .int, default: .int(20), minimum: 1)], resultType: { $0 },
            window: { _ in .recursive(lookAhead: 0) }, outputs: outputs)
    }
}
