import Columnar
import Engine
import Language
import Planner
import Testing

/// Every expression of `Cases/expressions.md`, as DuckDB computes it.
@Suite struct ExpressionCorpusTests {
    @Test func everyValueIsAsRecorded() throws {
        let file = try CaseFile("expressions")
        let values = try file.sections.map { try self.values($0.code) }
        if CaseFile.isRecording { return try file.record(values.map { [("values", $0)] }) }
        for (section, found) in zip(file.sections, values) { #expect(section.recorded("values") == found, "\(section.heading)") }
    }

    @Test func everyFunctionHasACase() throws {
        var used: Set<ScalarFunction> = []
        for section in try CaseFile("expressions").sections {
            for expression in section.code.split(separator: "\n") { collect(try pipeline(String(expression)), &used) }
        }
        #expect(ScalarFunction.allCases.filter { !used.contains($0) } == [])
    }

    private func pipeline(_ expression: String) throws -> CheckedPipeline {
        let checked = CheckedCase("show one | select(value = \(expression))")
        return try #require(checked.pipelines.first, "\(checked.rendered)")
    }

    private func values(_ code: String) throws -> String {
        let runner = try PlanRunner()
        return try code.split(separator: "\n").map { expression in
            let value: Column
            do {
                value = try runner.rows(PipelinePlanner.plan(pipeline(String(expression)))).columns[0]
            } catch EngineFault.statement(let message) {
                return "\(expression) → \(message.prefix { $0 != "\n" })"
            }
            if case .double(let number) = value[0] { #expect(number.isFinite) }
            return "\(expression) → \(value[0]): \(value.type.rawValue)"
        }.joined(separator: "\n")
    }

    private func collect(_ pipeline: CheckedPipeline, _ used: inout Set<ScalarFunction>) {
        func collect(_ expression: CheckedExpression) {
            if case .scalar(let function, _, _) = expression { used.insert(function) }
            expression.children.forEach(collect)
        }
        for case .select(let columns) in pipeline.steps.map(\.kind) { columns.map(\.expression).forEach(collect) }
    }
}
