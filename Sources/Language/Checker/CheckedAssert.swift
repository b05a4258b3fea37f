/// What is asserted of a table before its rows are published.
package struct CheckedAssert: Sendable {
    package let table: String
    /// The table's columns and key.
    package let shape: TableShape
    package let conditions: [AssertCondition]
}

/// One condition of an assert, and where and how it is written.
package struct AssertCondition: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// True of each row; a null outcome does not meet it.
        case row(CheckedExpression)
        /// No two rows have the same values in these columns; a row with a null among them has the same as none.
        case unique(columns: [String])
        /// The number of rows of the table as a whole.
        case rowCount(Comparison, Int64)
    }

    package enum Comparison: String, Sendable {
        case equal = "=="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="

        package func holds(_ count: Int, _ limit: Int64) -> Bool {
            let count = Int64(count)
            return switch self {
            case .equal: count == limit
            case .notEqual: count != limit
            case .less: count < limit
            case .lessOrEqual: count <= limit
            case .greater: count > limit
            case .greaterOrEqual: count >= limit
            }
        }

        /// The comparison with its sides exchanged.
        var mirrored: Comparison {
            switch self {
            case .less: .greater
            case .lessOrEqual: .greaterOrEqual
            case .greater: .less
            case .greaterOrEqual: .lessOrEqual
            case .equal, .notEqual: self
            }
        }
    }

    package let kind: Kind
    package let text: String
    package let span: SourceSpan

    /// The canonical text of what the condition means, by which a commit remembers that it holds.
    package var definition: String {
        switch kind {
        case .row(let condition): "row \(condition)"
        case .unique(let columns): "unique \(columns.sorted().map { "`\($0)`" }.joined(separator: " "))"
        case .rowCount(let comparison, let limit): "rows \(comparison.rawValue) \(limit)"
        }
    }
}
