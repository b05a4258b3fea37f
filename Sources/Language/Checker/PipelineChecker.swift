import Columnar

/// Checks pipelines, verb by verb; each verb sees the columns the one before it leaves.
struct PipelineChecker {
    let context: CheckContext
    /// The tables and lets that may be read here.
    let scope: NotebookScope
    var modelName: String?

    /// A pipeline as an argument: `(table | where(…))`, or just a table's name.
    func pipeline(_ expression: Expression) -> CheckedPipeline? {
        switch expression.kind {
        case .pipeline(let pipeline): check(pipeline)
        case .name, .call: check(Pipeline(source: expression, verbs: [], span: expression.span))
        default: fail(.notAPipeline, expression.span)
        }
    }

    func check(_ pipeline: Pipeline) -> CheckedPipeline? {
        guard let start = source(pipeline.source) else { return nil }
        var steps = start.steps
        var shape = start.shape
        var groups: [NamedColumn]?
        var reorderedBy = start.reorderedBy
        for call in pipeline.verbs {
            guard let verb = verb(call) else { return nil }
            let use = VerbCall(call: call, shape: shape, checker: self, groups: groups, reorderedBy: reorderedBy)
            if verb.name == "group" {
                guard let formed = group(use) else { return nil }
                groups = formed
                continue
            }
            if groups != nil, verb.name != "summarize" {
                return fail(.groupWithoutSummarize, call.span)
            }
            guard let (kind, found) = verb.check(use) else { return nil }
            var next = found
            next.taintNewColumns()
            steps.append(CheckedStep(kind: kind, span: call.span, shape: next))
            shape = next
            groups = nil
            if ["sort", "take", "join", "union", "summarize", "describe"].contains(verb.name) { reorderedBy = verb.name }
        }
        if groups != nil, let last = pipeline.verbs.last { return fail(.groupWithoutSummarize, last.span) }
        return CheckedPipeline(source: start.source, steps: steps, shape: shape, span: pipeline.span)
    }

    private func verb(_ call: Call) -> Verb? {
        if let verb = Verb.byName[call.name.text] { return verb }
        if Verb.ofModels.contains(call.name.text) {
            return fail(modelName == nil ? .modelVerbElsewhere(call.name.text) : .verbAfterModelVerb(call.name.text), call.name.span)
        }
        if ChartVerb.byName[call.name.text] != nil { return fail(.chartVerbElsewhere(call.name.text), call.name.span) }
        return fail(.unknownName(.verb, call.name.text, candidates: Verb.all.map(\.name)), call.name.span)
    }

    private func group(_ use: VerbCall) -> [NamedColumn]? {
        guard !use.call.arguments.isEmpty else { return use.failCount(.group) }
        let groups = use.all(use.call.arguments) { argument -> NamedColumn? in
            if argument.label == nil, case .call(let call) = argument.value.kind {
                return use.expressions.check(argument.value).map { NamedColumn(name: call.name.text, $0) }
            }
            return NamedColumn(argument: argument, use, verb: "group")
        }
        guard let groups else { return nil }
        for (index, group) in groups.enumerated() where groups[..<index].contains(where: { $0.shape.name == group.shape.name }) {
            return use.fail(.columnTaken(group.shape.name), use.call.arguments[index].span)
        }
        return groups
    }

    /// A let's steps stand before those of the pipeline that starts with it.
    private func source(_ expression: Expression) -> (source: CheckedSource, steps: [CheckedStep], shape: TableShape, reorderedBy: String?)?
    {
        switch expression.kind {
        case .name(let name):
            if let binding = scope.use(binding: name.text) {
                guard let binding else { return nil }
                let reordering = binding.steps.last { if case .sort = $0.kind { true } else { $0.changesRowOrigin } }
                return (binding.source, binding.steps, binding.shape, reordering == nil ? nil : name.text)
            }
            guard let shape = table(name) else { return nil }
            return (CheckedSource(kind: .table(name: name.text, shape), span: name.span), [], shape, nil)
        case .call(let call):
            guard let files = FileSourceChecker(context: context).check(call) else { return nil }
            let source = CheckedSource(kind: .files(files), span: call.span)
            return (source, [], source.shape, nil)
        case .pipeline(let inner):
            guard let checked = check(inner) else { return nil }
            let reordering = checked.steps.last { $0.changesRowOrigin }
            return (checked.source, checked.steps, checked.shape, reordering == nil ? nil : "the pipeline in parentheses")
        default: return fail(.notAPipeline, expression.span)
        }
    }

    private func table(_ name: Name) -> TableShape? {
        switch scope.table(name.text) {
        case .known(let shape): return shape.asSource
        case .broken: return nil
        case .later(let cell): return fail(.usedBeforeDefinition(.table, name.text, cell: cell), name.span)
        case .unknown: break
        }
        if let shape = context.catalog.shape(ofTable: name.text) { return shape.asSource }
        return fail(.unknownName(.table, name.text, candidates: scope.names(with: context.catalog)), name.span)
    }

    private func fail<Result>(_ problem: CheckProblem, _ span: SourceSpan) -> Result? {
        context.report(problem, at: span)
        return nil
    }
}

extension CheckedStep {
    /// Whether rows after this step no longer are the source's own, in its order.
    package var changesRowOrigin: Bool {
        switch kind {
        case .sort, .take, .summarize, .join, .union, .describe: true
        case .select, .derive, .filter, .key, .latest, .partition, .require: false
        }
    }
}
