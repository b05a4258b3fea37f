import Columnar
import Language
import Planner
import Testing

/// Every pipeline of `Cases/pipelines.md`, stage by stage, down to its rows.
@Suite struct PipelineCorpusTests {
    @Test func everyPipelineIsAsRecorded() throws {
        let file = try CaseFile("pipelines")
        let blocks = try file.sections.map { try stages($0.code) }
        if CaseFile.isRecording { return try file.record(blocks) }
        for (section, found) in zip(file.sections, blocks) {
            for block in found { #expect(section.recorded(block.name) == block.content, "\(section.heading): \(block.name)") }
        }
    }

    private func stages(_ code: String) throws -> [(name: String, content: String)] {
        let checked = CheckedCase(code)
        #expect(checked.diagnostics.isEmpty, "\(checked.rendered)")
        guard let pipeline = checked.pipelines.last else { return [] }
        let plan = PipelinePlanner.plan(pipeline)
        let runner = try PlanRunner()
        let rows = try #require(try? runner.rows(plan), "\(code)\n\(plan.recorded)")
        return [
            ("tree", checked.tree.description), ("definition", pipeline.definition), ("columns", pipeline.shape.recorded),
            ("plan", plan.recorded), ("sql", runner.statements.joined(separator: "\n\n")), ("rows", rows.text),
        ]
    }
}

extension TableShape {
    /// Columns with type, window and look-ahead, then the key.
    fileprivate var recorded: String {
        let lines = columns.map { column in
            "\(column.name): \(column.type.rawValue), \(column.window)"
                + (column.lookAhead.map { "; ahead \($0.rows.map(String.init) ?? "without bound"): \($0.path.joined(separator: " ← "))" }
                    ?? "")
        }
        return (lines + ["key: \(key?.columns.joined(separator: ", ") ?? "none")"]).joined(separator: "\n")
    }
}
