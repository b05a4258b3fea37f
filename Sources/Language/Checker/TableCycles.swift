extension NotebookChecker {
    /// Reports each circle of tables that read each other, once, at the first of them.
    func reportCycles(_ tree: SyntaxTree) {
        var reads: [String: (name: Name, sources: Set<String>)] = [:]
        for statement in tree.cells.flatMap(\.statements) {
            switch statement.kind {
            case .table(let name, let pipeline), .binding(let name, let pipeline): reads[name.text] = (name, pipeline.sources)
            default: continue
            }
        }
        var reported: Set<String> = []
        for start in reads.values.sorted(by: { $0.name.span.start < $1.name.span.start }) where !reported.contains(start.name.text) {
            var visited: Set<String> = []
            guard let circle = path(from: start.name.text, to: start.name.text, reads, &visited) else { continue }
            reported.formUnion(circle)
            reportCycle(circle, at: start.name.span)
        }
    }

    /// A way through what tables read; a table from which there is none is not tried twice.
    private func path(
        from: String, to: String, _ reads: [String: (name: Name, sources: Set<String>)], _ visited: inout Set<String>
    ) -> [String]? {
        for source in (reads[from]?.sources ?? []).sorted() {
            if source == to { return [from, to] }
            guard visited.insert(source).inserted else { continue }
            if let rest = path(from: source, to: to, reads, &visited) { return [from] + rest }
        }
        return nil
    }
}

extension Pipeline {
    /// Every table or let the pipeline reads.
    fileprivate var sources: Set<String> {
        var names = source.pipelineSources
        for verb in verbs where ["join", "union"].contains(verb.name.text) {
            let other = verb.arguments.first { $0.label?.text == "other" } ?? verb.arguments.first { $0.label == nil }
            if let other { names.formUnion(other.value.pipelineSources) }
        }
        return names
    }
}

extension Expression {
    fileprivate var pipelineSources: Set<String> {
        switch kind {
        case .name(let name): [name.text]
        case .pipeline(let pipeline): pipeline.sources
        default: []
        }
    }
}
