/// Definitions that need each other in a circle.
struct DefinitionCycles {
    /// Its names, the first one again at the end, and where the first one is defined.
    typealias Circle = (names: [String], span: SourceSpan)

    private let needs: [String: (name: Name, others: Set<String>)]

    /// Circles of tables and lets that read each other.
    static func ofTables(_ statements: [Statement]) -> [Circle] {
        var reads: [String: (name: Name, others: Set<String>)] = [:]
        for statement in statements {
            switch statement.kind {
            case .table(let name, let pipeline), .binding(let name, let pipeline): reads[name.text] = (name, pipeline.sources)
            default: continue
            }
        }
        return DefinitionCycles(needs: reads).circles
    }

    /// Circles of indicators that use each other.
    static func ofIndicators(_ statements: [Statement]) -> [Circle] {
        var uses: [String: (name: Name, others: Set<String>)] = [:]
        for case .indicator(let head, let body) in statements.map(\.kind) where uses[head.name.text] == nil {
            uses[head.name.text] = (head.name, Set(body.callNames))
        }
        return DefinitionCycles(needs: uses).circles
    }

    private var circles: [Circle] {
        var circles: [Circle] = []
        var found: Set<String> = []
        for start in needs.values.sorted(by: { $0.name.span.start < $1.name.span.start }) where !found.contains(start.name.text) {
            var visited: Set<String> = []
            guard let circle = path(from: start.name.text, to: start.name.text, &visited) else { continue }
            found.formUnion(circle)
            circles.append((circle, start.name.span))
        }
        return circles
    }

    /// A way through what definitions need; one from which there is none is not tried twice.
    private func path(from: String, to: String, _ visited: inout Set<String>) -> [String]? {
        for other in (needs[from]?.others ?? []).sorted() {
            if other == to { return [from, to] }
            guard visited.insert(other).inserted else { continue }
            if let rest = path(from: other, to: to, &visited) { return [from] + rest }
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
