import Columnar

extension Verb {
    static let partition: Verb = Verb(
        name: "partition", form: "partition(column, year(date), …)",
        documentation: "How the table's files are laid out; a reader of one part need not open the others."
    ) { use in
        guard !use.call.arguments.isEmpty else { return use.failCount(.partition) }
        guard let columns = use.all(use.call.arguments, { partitionColumn($0, use) }) else { return nil }
        for (index, column) in columns.enumerated() where columns[..<index].contains(where: { $0.name == column.name }) {
            return use.fail(.duplicateArgument(column.name), use.call.arguments[index].span)
        }
        var shape = use.shape
        shape.partitioning = columns
        return (.partition(columns), shape)
    }

    private static func partitionColumn(_ argument: Argument, _ use: VerbCall) -> PartitionColumn? {
        if case .call(let call) = argument.value.kind, let part = PartitionColumn.Part(rawValue: call.name.text), call.arguments.count == 1
        {
            guard let column = use.column(call.arguments[0], of: .partition) else { return nil }
            guard column.type.isTemporal else { return use.fail(.partitionType(column: column.name, found: column.type), argument.span) }
            guard use.shape[part.rawValue] == nil else { return use.fail(.columnTaken(part.rawValue), argument.span) }
            return PartitionColumn(name: part.rawValue, source: column.name, part: part)
        }
        guard let column = use.column(argument, of: .partition) else { return nil }
        guard column.type.isPartitionable else {
            return use.fail(.partitionType(column: column.name, found: column.type), argument.span)
        }
        return PartitionColumn(name: column.name, source: column.name, part: nil)
    }
}
