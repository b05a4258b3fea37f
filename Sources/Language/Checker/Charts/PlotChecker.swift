import Columnar

/// Checks `plot PIPELINE | line(…) to "file.svg"`.
struct PlotChecker {
    let context: CheckContext
    let scope: NotebookScope

    func check(_ pipeline: Pipeline, to path: Expression?) -> CheckedPlot? {
        let split = pipeline.verbs.firstIndex { ChartVerb.byName[$0.name.text] != nil } ?? pipeline.verbs.endIndex
        if split == pipeline.verbs.endIndex, let last = pipeline.verbs.last, isUnknown(last.name.text) {
            let names = ChartVerb.all.map(\.name) + Verb.all.map(\.name)
            return fail(.unknownName(.verb, last.name.text, candidates: names), last.name.span)
        }
        let rows = Pipeline(source: pipeline.source, verbs: Array(pipeline.verbs[..<split]), span: pipeline.span)
        let checked = PipelineChecker(context: context, scope: scope).check(rows)
        let file = path.map(file)
        guard let checked else { return nil }
        guard split < pipeline.verbs.endIndex else { return fail(.missingChartVerb(example: example(checked.shape)), pipeline.span) }
        let call = pipeline.verbs[split]
        if split + 1 < pipeline.verbs.endIndex {
            let behind = pipeline.verbs[split + 1]
            return fail(.verbAfterChart(behind.name.text, chart: call.name.text), behind.span)
        }
        let charts = ChartChecker(context: context, shape: checked.shape, call: call)
        let title = charts.title
        guard let chart = charts.check(), let title, path == nil || file != nil else { return nil }
        return CheckedPlot(pipeline: checked.drawn(as: chart), chart: chart, title: title.text, file: file ?? nil)
    }

    /// Such a verb at the end was meant to be a chart's, unless another tool's verb has this name.
    private func isUnknown(_ verb: String) -> Bool {
        Verb.byName[verb] == nil && !Verb.ofModels.contains(verb) && ForeignNames.translation(of: verb, .verb) == nil
    }

    private func file(_ path: Expression) -> ChartFile? {
        let expressions = ExpressionChecker(context: context, shape: TableShape(columns: []))
        guard let (value, type) = expressions.constant(path, what: "the chart's file") else { return nil }
        guard case .string(let text) = value else {
            return fail(
                .argumentValue(call: "plot", argument: "the file", expected: "a text such as \"close.svg\"", found: type.rawValue),
                path.span)
        }
        guard let file = ChartFile(path: text) else { return fail(.chartFileEnding(text), path.span) }
        guard !ChartPath.liesAmongTables(text) else { return fail(.chartFileAmongTables(text), path.span) }
        return file
    }

    /// A chart for the columns there are.
    private func example(_ shape: TableShape) -> String? {
        guard
            let number = shape.columns.last(where: { $0.type.isNumeric && $0.name == "close" })
                ?? shape.columns.last(where: \.type.isNumeric)
        else { return nil }
        let name = Name(number.name, SourceSpan(0, 0)).code
        return shape.key != nil || shape.columns.count(where: \.type.isTemporal) == 1 ? "line(\(name))" : "histogram(\(name))"
    }

    private func fail<Result>(_ problem: CheckProblem, _ span: SourceSpan) -> Result? {
        context.report(problem, at: span)
        return nil
    }
}

/// Where charts may not be written.
package enum ChartPath {
    /// Whether a path of the workspace leads into the folders of tables or models.
    package static func liesAmongTables(_ path: String) -> Bool {
        guard !path.hasPrefix("/") else { return false }
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", !parts.isEmpty, parts.last != ".." { parts.removeLast() } else { parts.append(part) }
        }
        return parts.count > 1 && ["data", "models"].contains(parts[0])
    }
}

extension CheckedPipeline {
    /// The pipeline with only the columns that the chart needs, ordered as it needs them.
    fileprivate func drawn(as chart: CheckedChart) -> CheckedPipeline {
        var seen: Set<String> = []
        let columns = chart.columns.filter { seen.insert($0.name).inserted }
        let select = columns.map { NamedExpression(name: $0.name, expression: .column($0.name, $0.type)) }
        var shape = self.shape
        shape.columns = columns.map { column in self.shape[column.name]! }
        shape.partitioning = []
        if let key = shape.key, !key.columns.allSatisfy(seen.contains) { shape.key = nil }
        var steps = self.steps + [CheckedStep(kind: .select(select), span: span, shape: shape)]
        let isSorted = steps.contains { if case .sort = $0.kind { true } else { false } }
        let order = chart.order
        if !order.isEmpty, isSorted || shape.key?.columns != order.map(\.name) {
            let terms = order.map { SortTerm(expression: .column($0.name, $0.type), descending: false) }
            steps.append(CheckedStep(kind: .sort(terms), span: span, shape: shape))
        }
        return CheckedPipeline(source: source, steps: steps, shape: shape, span: span)
    }
}
