import Columnar

extension Verb {
    static let rename: Verb = Verb(
        name: "rename", form: "rename(new = old, …)", documentation: "Gives columns other names; the rest stay as they are."
    ) { use in
        guard !use.call.arguments.isEmpty else { return use.failCount(.rename) }
        guard let pairs = use.all(use.call.arguments, { renamed($0, use) }) else { return nil }
        var names: [String: String] = [:]
        for (old, new, span) in pairs where names.updateValue(new, forKey: old) != nil { return use.fail(.columnTaken(new), span) }
        var shape = use.shape
        shape.rename(names)
        for (_, new, span) in pairs where shape.names.count(where: { $0 == new }) > 1 { return use.fail(.columnTaken(new), span) }
        let kept = zip(use.shape.columns, shape.columns).map { old, new in
            NamedExpression(name: new.name, expression: .column(old.name, old.type))
        }
        return (.select(kept), shape)
    }

    private static func renamed(_ argument: Argument, _ use: VerbCall) -> (old: String, new: String, span: SourceSpan)? {
        guard let label = argument.label else { return use.fail(.unnamedExpression(verb: "rename"), argument.span) }
        guard case .name(let name) = argument.value.kind else { return use.fail(.notAColumn(verb: "rename"), argument.value.span) }
        return use.column(name).map { ($0.name, label.text, label.span) }
    }
}

extension TableShape {
    /// Columns, key and layout under other names, given as old to new.
    mutating func rename(_ names: [String: String]) {
        let new = { (old: String) in names[old] ?? old }
        for index in columns.indices { columns[index].name = new(columns[index].name) }
        key = key.map { Key(entity: $0.entity.map(new), time: new($0.time)) }
        partitioning = partitioning.map {
            PartitionColumn(name: $0.part == nil ? new($0.name) : $0.name, source: new($0.source), part: $0.part)
        }
    }

    /// Only these columns; a key or layout that lost a column is gone.
    mutating func keep(_ names: [String]) {
        columns = names.compactMap { self[$0] }
        if let key, !key.columns.allSatisfy(names.contains) { self.key = nil }
        if !partitioning.allSatisfy({ names.contains($0.source) }) { partitioning = [] }
    }
}
