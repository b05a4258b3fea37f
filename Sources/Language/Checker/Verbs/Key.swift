import Columnar

extension Verb {
    static let key: Verb = Verb(
        name: "key", form: "key(entity…, time)",
        documentation:
            "Says what tells rows apart: the columns of the entity, then its time. Functions of series run per entity in time order."
    ) { use in
        guard !use.call.arguments.isEmpty else { return use.failCount(.key) }
        guard let columns = use.all(use.call.arguments, { use.column($0, of: .key) }) else { return nil }
        let time = columns.last!
        guard time.type.isTemporal else {
            return use.fail(.keyTimeType(column: time.name, found: time.type), use.call.arguments.last!.span)
        }
        for (index, column) in columns.enumerated() where columns[..<index].contains(where: { $0.name == column.name }) {
            return use.fail(.duplicateArgument(column.name), use.call.arguments[index].span)
        }
        let key = Key(entity: columns.dropLast().map(\.name), time: time.name)
        var shape = use.shape
        if shape.key != key { shape.forgetDistances() }
        shape.key = key
        return (.key(key), shape)
    }
}
