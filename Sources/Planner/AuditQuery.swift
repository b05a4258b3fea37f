package import Columnar
package import Language

/// What is asked of the rows of data files to hold asserted conditions against them.
package struct AuditQuery: Sendable {
    package let relation: Relation
    /// Values that several rows have, found in the same rows first.
    package let repeated: Relation?
    /// The columns that are read.
    package let columns: [Field]

    private static let count = "__rows"
    private static let side = "repeated"

    /// One row: for each condition, how many rows do not meet it.
    package static func tally(_ conditions: [CheckedExpression], of schema: Schema) -> AuditQuery {
        let counts = conditions.enumerated().map { index, condition in
            let broken = CheckedExpression.scalar(.if, [condition, .literal(.null, .int), .literal(.int(1), .int)], .int)
            return NamedExpression(name: "broken_\(index + 1)", expression: .aggregate(.count, broken, .int))
        }
        let output = Schema(counts.map { Field($0.name, .int) })
        let step = RelationStep.summarize(groups: [], aggregates: counts, order: nil)
        return AuditQuery(step, output, reading: conditions.reduce(into: Set()) { $0.formUnion($1.columns) }, of: schema)
    }

    /// One row: how many rows have the same values as another; null when none.
    package static func repeated(_ names: [String], of schema: Schema) -> AuditQuery {
        let counts = columns([count], [.int])
        let sum = NamedExpression(name: count, expression: .aggregate(.sum, counts[0], .int))
        let steps = groups(of: names, in: schema) + [.summarize(groups: [], aggregates: [sum], order: nil)]
        return AuditQuery(
            relation: Relation(steps: steps, sides: [:], output: Schema([Field(count, .int)])), repeated: nil,
            columns: schema.fields.filter { names.contains($0.name) })
    }

    /// The first rows, in the order of `order`, that do not meet a condition.
    package static func examples(breaking condition: CheckedExpression, of schema: Schema, order: [String], limit: Int) -> AuditQuery {
        let holds = CheckedExpression.scalar(.coalesce, [condition, .literal(.bool(false), .bool)], .bool)
        var steps = [RelationStep.filter([.scalar(.not, [holds], .bool)])]
        if !order.isEmpty { steps.append(ordering(order, schema)) }
        steps.append(.limit(count: limit, offset: 0))
        return AuditQuery(relation: Relation(steps: steps, sides: [:], output: schema), repeated: nil, columns: schema.fields)
    }

    /// The first rows that have the same values as another, those with the same together.
    package static func examples(repeating names: [String], of schema: Schema, order: [String], limit: Int) -> AuditQuery {
        let fields = Schema(names.map { Field($0, schema.type(of: $0)!) })
        let repeated = groups(of: names, in: schema) + [ordering(names, schema), .limit(count: limit, offset: 0)]
        let steps: [RelationStep] = [
            .join(side: side, on: names, kind: .inner, left: schema.names, right: []),
            ordering(names + order.filter { !names.contains($0) }, schema), .limit(count: limit, offset: 0),
        ]
        return AuditQuery(
            relation: Relation(steps: steps, sides: [:], output: schema),
            repeated: Relation(steps: repeated, sides: [:], output: fields), columns: schema.fields)
    }

    private init(relation: Relation, repeated: Relation?, columns: [Field]) {
        self.relation = relation
        self.repeated = repeated
        self.columns = columns
    }

    /// A condition without columns still needs rows.
    private init(_ step: RelationStep, _ output: Schema, reading names: Set<String>, of schema: Schema) {
        let columns = schema.fields.filter { names.contains($0.name) }
        self.init(
            relation: Relation(steps: [step], sides: [:], output: output), repeated: nil,
            columns: columns.isEmpty ? Array(schema.fields.prefix(1)) : columns)
    }

    /// The values that more than one row has, and how many rows.
    private static func groups(of names: [String], in schema: Schema) -> [RelationStep] {
        let values = columns(names, names.map { schema.type(of: $0)! })
        let present = values.map { CheckedExpression.scalar(.not, [.scalar(.isNull, [$0], .bool)], .bool) }
        let counts = NamedExpression(name: count, expression: .aggregate(.count, nil, .int))
        let several = CheckedExpression.scalar(.greater, [.column(count, .int), .literal(.int(1), .int)], .bool)
        return [
            .filter(present),
            .summarize(
                groups: zip(names, values).map { NamedExpression(name: $0, expression: $1) }, aggregates: [counts], order: nil),
            .filter([several]),
        ]
    }

    private static func columns(_ names: [String], _ types: [DataType]) -> [CheckedExpression] { zip(names, types).map { .column($0, $1) } }

    private static func ordering(_ names: [String], _ schema: Schema) -> RelationStep {
        .order(names.map { SortTerm(expression: .column($0, schema.type(of: $0)!), descending: false) })
    }
}

extension SQLWriter {
    /// `files` is what stands behind FROM for the rows in question.
    package func statement(_ query: AuditQuery, over files: String) -> String {
        let input = "(\n\(scan(query.columns, from: files))\n)"
        let sides = query.repeated.map { ["repeated": "(\n\(statement($0, input: input, sides: [:]))\n)"] }
        return statement(query.relation, input: input, sides: sides ?? [:])
    }
}
