/// What became of a statement that makes a table.
package struct TableOutcome: Sendable, Hashable {
    package var name: String
    package var version: Int
    /// Nil when the table was as it should be and nothing was done.
    package var staleness: Staleness?
    package var rowCount: Int
    package var partitionCount: Int
    package var fileCount: Int
    package var rowsWritten = 0
    package var rowsRejected = 0
    /// Rows that broke a rule of `require(…, else = warn)` and were kept.
    package var rowsWarned = 0
    package var work = TableWork(.nothing)
    /// Asserted conditions that the rows were held against.
    package var conditionsHeld = 0
    package var seconds = 0.0
}

/// What became of a statement that fits a model.
package struct ModelOutcome: Sendable, Hashable {
    package var name: String
    package var version: Int
    package var staleness: Staleness?
    package var trainRows: Int
    package var testRows: Int
    /// Whether the figures are of rows the model was not fitted to: the test rows; else of the training rows.
    package var isHeldOut: Bool
    package var accuracy: Double
    /// Accuracy of always predicting the training rows' more frequent class.
    package var majorityAccuracy: Double
    package var areaUnderCurve: Double?
    package var baseRate: Double
    /// Nil unless the model walked forward.
    package var foldCount: Int?
    package var warnings: [String] = []
    package var seconds = 0.0
}
