/// How rows are written: `show prices as csv`.
package enum RowsFormat: String, Sendable, CaseIterable {
    /// Aligned for the eye, as much as fits.
    case table
    /// RFC 4180, all rows.
    case csv
    /// One object per line, all rows.
    case json

    static let list = "table, csv or json"
}
