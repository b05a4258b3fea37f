/// What keeps a table from being tended as asked.
package enum MaintenanceFault: Error, Sendable, Equatable {
    /// What was read is not what the log says; nothing was committed.
    case rowsLost(table: String, expected: Int, found: Int)
    /// A column that rows are told apart by is not in both versions with one type.
    case incomparable(table: String, column: String, older: Int, newer: Int)
}

extension MaintenanceFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .rowsLost(let table, let expected, let found):
            "The files of '\(table)' gave \(found) rows where the log says \(expected); nothing was committed. "
                + "Find the damaged file with `tickbook table verify \(table)`."
        case .incomparable(let table, let column, let older, let newer):
            "Versions \(older) and \(newer) of '\(table)' have no rows to compare: they are told apart by '\(column)', which is not in "
                + "both, or not with the same type."
        }
    }
}
