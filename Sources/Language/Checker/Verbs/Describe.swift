package import Columnar

extension Verb {
    static let describe: Verb = Verb(
        name: "describe", form: "describe()",
        documentation:
            "A row for each column: its type, counts, mean, deviation, quartiles, range, distinct values, most frequent text, and how values spread."
    ) { use in
        guard use.call.arguments.isEmpty else { return use.failCount(.describe) }
        return (.describe(use.shape.schema.fields), shape)
    }

    /// What describes a column knows all of its rows.
    private static let shape = TableShape(
        columns: DescriptionColumn.fields.map { field in
            ColumnShape(
                name: field.name, type: field.type, window: .wholeHistory,
                lookAhead: LookAhead(rows: nil, path: [field.name, "describe()"]))
        })
}

/// The columns that `describe()` gives.
package enum DescriptionColumn: String, Sendable, CaseIterable {
    case column, type, count, nulls, mean, std, min, q25, median, q75, max
    /// The first and last of values that are no numbers.
    case from, to
    case distinct, top, distribution

    package var valueType: DataType {
        switch self {
        case .column, .type, .from, .to, .top, .distribution: .string
        case .count, .nulls, .distinct: .int
        case .mean, .std, .min, .q25, .median, .q75, .max: .double
        }
    }

    package static var fields: [Field] { allCases.map { Field($0.rawValue, $0.valueType) } }
}
