import Columnar

extension Verb {
    static let drop: Verb = Verb(name: "drop", form: "drop(column, …)", documentation: "Leaves these columns out.") { use in
        guard !use.call.arguments.isEmpty else { return use.failCount(.drop) }
        guard let dropped = use.all(use.call.arguments, { use.column($0, of: .drop)?.name }) else { return nil }
        let kept = use.shape.columns.filter { !dropped.contains($0.name) }
        guard !kept.isEmpty else { return use.fail(.allColumnsDropped) }
        var shape = use.shape
        shape.keep(kept.map(\.name))
        return (.select(kept.map { NamedExpression(name: $0.name, expression: .column($0.name, $0.type)) }), shape)
    }
}
