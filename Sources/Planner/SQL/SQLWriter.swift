package import Columnar
package import Language

/// Writes relations as SQL: one named subquery per step, in the order of the pipeline.
package struct SQLWriter {
    private let dialect: any SQLDialect

    package init(dialect: any SQLDialect) { self.dialect = dialect }

    /// `input` and `sides` are what stands behind FROM: a table's name, or a scan.
    package func statement(_ relation: Relation, input: String, sides: [String: String]) -> String {
        var from = input
        var subqueries: [String] = []
        for (index, step) in relation.steps.enumerated() {
            let name = "step_\(index + 1)"
            subqueries.append("\(name) AS (\n  \(select(step, from: from, sides: sides))\n)")
            from = name
        }
        let columns = relation.output.fields.map { typed(dialect.identifier($0.name), $0) }.joined(separator: ", ")
        // The engine keeps an inner order through plain selects, but an outer one says so.
        return "WITH \(subqueries.joined(separator: ",\n"))\nSELECT \(columns)\nFROM \(from)"
    }

    /// The columns of a table's scan, for SQL that goes on from them.
    package func scan(_ columns: [Field], from input: String) -> String {
        let written = columns.map { field in
            let name = dialect.identifier(field.name)
            return field.type == .timestamp ? "\(dialect.withoutTimeZone(name)) AS \(name)" : name
        }
        return "SELECT \(written.joined(separator: ", "))\nFROM \(input)"
    }

    /// The columns of a table's scan, to be read as they are stored: a timestamp's bits are the same with a zone and without.
    package func storedScan(_ columns: [Field], from input: String) -> String {
        "SELECT \(columns.map { dialect.identifier($0.name) }.joined(separator: ", "))\nFROM \(input)"
    }

    /// The columns of files of others, where doubles may be NaN.
    package func scanOfFiles(_ columns: [Field], from input: String) -> String {
        let written = columns.map { field in
            let name = dialect.identifier(field.name)
            return typed(field.type == .double ? dialect.finiteOrNull(name) : name, field)
        }
        return "SELECT \(written.joined(separator: ", "))\nFROM \(input)"
    }

    private func typed(_ sql: String, _ field: Field) -> String {
        "CAST(\(sql) AS \(dialect.typeName(field.type))) AS \(dialect.identifier(field.name))"
    }

    private func select(_ step: RelationStep, from: String, sides: [String: String]) -> String {
        switch step {
        case .select(let columns): return "SELECT \(columns.map(named).joined(separator: ", "))\n  FROM \(from)"
        case .filter(let conditions): return "SELECT *\n  FROM \(from)\n  WHERE \(conditions.map(expression).joined(separator: " AND "))"
        case .order(let terms):
            let order = terms.map { "\(expression($0.expression)) \($0.descending ? "DESC" : "ASC") NULLS LAST" }
            return "SELECT *\n  FROM \(from)\n  ORDER BY \(order.joined(separator: ", "))"
        case .limit(let count, let offset): return "SELECT *\n  FROM \(from)\n  LIMIT \(count) OFFSET \(offset)"
        case .summarize(let groups, let aggregates, let time): return summarize(groups, aggregates, time: time, from: from)
        case .join(let side, let on, let kind, let left, let right):
            let columns = left.map { "l.\(dialect.identifier($0))" } + right.map { "r.\(dialect.identifier($0))" }
            let conditions = on.map { "l.\(dialect.identifier($0)) = r.\(dialect.identifier($0))" }
            return
                "SELECT \(columns.joined(separator: ", "))\n  FROM \(from) l \(kind == .left ? "LEFT" : "INNER") JOIN \(sides[side]!) r\n  ON \(conditions.joined(separator: " AND "))"
        case .describe(let columns): return dialect.description(of: columns, from: from)
        case .union(let side, let columns):
            let list = columns.map(dialect.identifier).joined(separator: ", ")
            return "SELECT \(list) FROM \(from)\n  UNION ALL\n  SELECT \(list) FROM \(sides[side]!)"
        }
    }

    private func summarize(_ groups: [NamedExpression], _ aggregates: [NamedExpression], time: String?, from: String) -> String {
        let time = time.map(dialect.identifier)
        let columns = (groups + aggregates).map { "\(expression($0.expression, time: time)) AS \(dialect.identifier($0.name))" }
        let grouping = groups.isEmpty ? "" : "\n  GROUP BY \(groups.map { expression($0.expression) }.joined(separator: ", "))"
        return "SELECT \(columns.joined(separator: ", "))\n  FROM \(from)\(grouping)"
    }

    private func named(_ column: NamedExpression) -> String {
        if case .column(let name, _) = column.expression, name == column.name { return dialect.identifier(name) }
        return "\(expression(column.expression)) AS \(dialect.identifier(column.name))"
    }

    package func expression(_ expression: CheckedExpression) -> String { self.expression(expression, time: nil) }

    /// Arithmetic on what is not finite never becomes finite again, so only its end result need be looked at: `carriesInfinity` says that
    /// the reader of this expression looks.
    private func expression(_ expression: CheckedExpression, time: String?, carriesInfinity: Bool = false) -> String {
        switch expression {
        case .literal(let value, let type): return dialect.literal(value, type)
        case .column(let name, _): return dialect.identifier(name)
        case .scalar(let function, let arguments, let type):
            let written = arguments.enumerated().map { index, argument in
                self.expression(argument, time: time, carriesInfinity: function.carriesInfinity(ofArgument: index))
            }
            let sql = dialect.scalar(function, written, types: arguments.map(\.type), result: type)
            return type == .double && function.mayOverflow && !carriesInfinity ? dialect.finiteOrNull(sql) : sql
        case .aggregate(let function, let argument, _):
            return dialect.aggregate(function, argument.map { self.expression($0, time: nil) }, type: argument?.type, time: time)
        case .series: preconditionFailure("series functions are lowered before SQL is written")
        }
    }
}
