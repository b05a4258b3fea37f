package import Columnar
import Language

extension DuckDBDialect {
    package func description(of columns: [Field], from input: String) -> String {
        let rows = columns.enumerated().map { position, column in
            let values = DescriptionColumn.allCases.map {
                "CAST(\(value($0, of: column)) AS \(typeName($0.valueType))) AS \(identifier($0.rawValue))"
            }
            return "SELECT \(position) AS __position, \(values.joined(separator: ", ")) FROM described"
        }
        // Read once, since what stands behind FROM may be a stream; looked at often.
        return """
            WITH described AS MATERIALIZED (SELECT \(columns.map { identifier($0.name) }.joined(separator: ", ")) FROM \(input))
            SELECT \(DescriptionColumn.fields.map { identifier($0.name) }.joined(separator: ", "))
            FROM (\(rows.joined(separator: "\nUNION ALL "))) ORDER BY __position
            """
    }

    private func value(_ part: DescriptionColumn, of column: Field) -> String {
        let name = identifier(column.name)
        switch part {
        case .column: return quoted(column.name)
        case .type: return quoted(column.type.rawValue)
        case .count: return "count(\(name))"
        case .nulls: return "count(*) - count(\(name))"
        case .distinct: return "count(DISTINCT \(name))"
        case .mean where column.type == .bool: return "count(*) FILTER (WHERE \(name)) / nullif(count(\(name)), 0)"
        case .from: return column.type.isNumeric || column.type == .bool ? "NULL" : "min(\(name))"
        case .to: return column.type.isNumeric || column.type == .bool ? "NULL" : "max(\(name))"
        case .top: return column.type == .string || column.type == .bool ? top(name) : "NULL"
        case .distribution: return column.type == .string || column.type == .bool ? frequencies(of: column) : distribution(of: column)
        case .mean, .std, .min, .q25, .median, .q75, .max: return column.type.isNumeric ? number(part, name, column.type) : "NULL"
        }
    }

    private func number(_ part: DescriptionColumn, _ name: String, _ type: DataType) -> String {
        let quantile = { (share: Double) in finiteOrNull("quantile_cont(CAST(\(name) AS DOUBLE), \(share))") }
        switch part {
        case .mean: return aggregate(.avg, name, type: type, time: nil)
        case .std: return aggregate(.stddev, name, type: type, time: nil)
        case .min: return "min(\(name))"
        case .q25: return quantile(0.25)
        case .median: return quantile(0.5)
        case .q75: return quantile(0.75)
        default: return "max(\(name))"
        }
    }

    /// The most frequent value, the first of several.
    private func top(_ name: String) -> String {
        "(SELECT \(name) FROM described WHERE \(name) IS NOT NULL GROUP BY \(name) ORDER BY count(*) DESC, \(name) LIMIT 1)"
    }

    // MARK: Sparklines

    private static let steps = 10

    /// A bar as high as `count` is of `most`; only none at all is lowest.
    private func bar(_ count: String, of most: String) -> String {
        "substring('▁▂▃▄▅▆▇█', 1 + CAST(ceil(7.0 * \(count) / nullif(\(most), 0)) AS INTEGER), 1)"
    }

    /// How many rows have each of the most frequent values, in the order of frequency; of a bool, false first.
    private func frequencies(of column: Field) -> String {
        let name = identifier(column.name)
        let order = column.type == .bool ? "v" : "n DESC, v"
        return """
            (SELECT string_agg(bar, '' ORDER BY \(order)) FROM (SELECT v, n, \(bar("n", of: "max(n) OVER ()")) AS bar FROM
            (SELECT \(name) AS v, count(*) AS n FROM described WHERE \(name) IS NOT NULL GROUP BY \(name) ORDER BY n DESC, v LIMIT \(Self.steps))))
            """
    }

    /// How many rows lie in equal steps from the least to the largest value. Halves keep the largest doubles apart without overflow.
    private func distribution(of column: Field) -> String {
        let name = identifier(column.name)
        let half =
            switch column.type {
            case .date: "epoch(\(name)) / 2"
            case .timestamp: "epoch_us(\(name)) / 2"
            default: "CAST(\(name) AS DOUBLE) / 2"
            }
        let values = "SELECT \(half) AS v FROM described WHERE \(name) IS NOT NULL"
        let step = "least(\(Self.steps - 1), CAST(floor((v - low) / (high - low) * \(Self.steps)) AS INTEGER))"
        return """
            (SELECT string_agg(bar, '' ORDER BY step) FROM (SELECT step, \(bar("coalesce(n, 0)", of: "max(n) OVER ()")) AS bar
            FROM range(\(Self.steps)) AS steps(step) LEFT JOIN
            (SELECT CASE WHEN high > low THEN \(step) ELSE \(Self.steps / 2) END AS step, count(*) AS n
            FROM (\(values)), (SELECT min(v) AS low, max(v) AS high FROM (\(values))) GROUP BY 1) USING (step)))
            """
    }
}
