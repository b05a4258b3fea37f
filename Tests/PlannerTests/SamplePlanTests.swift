import Columnar
import Indicators
import Language
import Planner
import Testing

@Suite struct SamplePlanTests {
    @Test func labelsEndWithTheFarthestRowTheTargetReads() throws {
        let plan = try plan("target(up = next(close, 5) > next(close, 2))")
        let calls = plan.stages.flatMap { stage -> [SeriesCall] in if case .series(let step, _) = stage { step.calls } else { [] } }
        let times = calls.filter { $0.inputs == ["date"] }
        #expect(times.map(\.parameters) == [[.int(5)]])
    }

    @Test func samplesAreKeyFeaturesLabelEndAndTarget() throws {
        let plan = try plan("target(up = next(close, 1) > close)")
        #expect(plan.shape.names == ["symbol", "date", "close", SampleColumn.labelEnd, SampleColumn.target])
    }

    private func plan(_ target: String) throws -> PipelinePlan {
        let text = "---\ntickbook: 1\n---\n```tick train\nmodel m = prices | \(target) | features(close) | fit(logistic())\n```\n"
        let columns = [
            ColumnShape(name: "symbol", type: .string), ColumnShape(name: "date", type: .date), ColumnShape(name: "close", type: .double),
        ]
        let catalog = InMemoryCatalog(tables: ["prices": TableShape(columns: columns, key: Key(entity: ["symbol"], time: "date"))])
        let (checked, diagnostics) = NotebookChecker.check(
            Parser.parse(Notebook.parse(path: "x.md", text: text).0).0, text: text, catalog: catalog,
            functions: FunctionLibrary(BuiltinIndicators.all.map(\.function)))
        #expect(diagnostics == [])
        guard case .model(_, let model)? = checked.statements.first?.kind else { throw NoModel() }
        return PipelinePlanner.plan(samplesOf: model)
    }

    private struct NoModel: Error {}
}
