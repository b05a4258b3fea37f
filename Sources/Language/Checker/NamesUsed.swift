extension SyntaxTree {
    var hasInvalidStatements: Bool {
        cells.flatMap(\.statements).contains { if case .invalid = $0.kind { true } else { false } }
    }

    /// Every name that stands in an expression.
    package var namesUsed: Set<String> {
        cells.flatMap(\.statements).reduce(into: []) { names, statement in
            switch statement.kind {
            case .param(_, let value), .indicator(_, let value): names.formUnion(value.names)
            case .binding(_, let pipeline), .table(_, let pipeline), .model(_, let pipeline), .show(let pipeline, _),
                .pipeline(let pipeline):
                names.formUnion(pipeline.names)
            case .plot(let pipeline, let file): names.formUnion(pipeline.names.union(file?.names ?? []))
            case .assertion(let call): names.formUnion(call.arguments.flatMap(\.value.names))
            case .serve(_, let port): names.formUnion(port?.names ?? [])
            case .use, .invalid: break
            }
        }
    }
}

extension Pipeline {
    fileprivate var names: Set<String> {
        verbs.flatMap(\.arguments).reduce(into: source.names) { $0.formUnion($1.value.names) }
    }
}

extension Expression {
    /// The name of every call in the expression, as often as it is called.
    var callNames: [String] {
        switch kind {
        case .literal, .name, .pipeline: []
        case .call(let call), .output(let call, _): [call.name.text] + call.arguments.flatMap(\.value.callNames)
        case .unary(_, let operand): operand.callNames
        case .binary(_, let left, let right): left.callNames + right.callNames
        case .list(let items): items.flatMap(\.callNames)
        }
    }

    /// Every name the expression mentions.
    var names: Set<String> {
        switch kind {
        case .literal: []
        case .pipeline(let pipeline): pipeline.names
        case .name(let name): [name.text]
        case .call(let call), .output(let call, _): call.arguments.reduce(into: []) { $0.formUnion($1.value.names) }
        case .unary(_, let operand): operand.names
        case .binary(_, let left, let right): left.names.union(right.names)
        case .list(let items): items.reduce(into: []) { $0.formUnion($1.names) }
        }
    }
}
